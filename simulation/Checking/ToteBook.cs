using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Checking;

/// <summary>One tote as its stream tells it: where it is and what is inside.</summary>
internal sealed class ToteBook(StreamId stream)
{
    private readonly SortedDictionary<(Sku Sku, LotId Lot), long> inside = [];
    private readonly SortedSet<string> once = new(StringComparer.Ordinal);

    /// <summary>Its contents went into a parcel (or it left empty): news of picks that come later are in that parcel already.</summary>
    private bool gone;

    public StreamId Stream => stream;

    public Lpn Lpn { get; } = Lpn.Parse(stream.Key);

    /// <summary>Null before it was seen and after it was packed away.</summary>
    public PlaceId? Place { get; private set; }

    public WarehouseId Warehouse { get; private set; }

    public IReadOnlyDictionary<(Sku Sku, LotId Lot), long> Inside => inside;

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case ToteEvent.Received it:
                findings.Demand(once.Add($"receipt {it.Receipt}"), seen, $"receipt {it.Receipt} counted twice");
                (Place, Warehouse) = (it.Place, it.Warehouse);
                inside.Raise((it.Sku, it.Lot), it.Quantity);
                break;
            case ToteEvent.Begun it:
                findings.Demand(Place is null, seen, $"begun while it stands at {Place}");
                (Place, Warehouse) = (gone ? null : it.Place, it.Warehouse);
                break;
            case ToteEvent.Taken it:
                findings.Demand(once.Add($"take {it.Units.Task}"), seen, $"task {it.Units.Task} took twice");
                Lose(seen, it.Units.Sku, it.Units.Lot, it.Units.Quantity, findings);
                break;
            case ToteEvent.PutIn it:
                findings.Demand(once.Add($"put {it.Units.Task}"), seen, $"task {it.Units.Task} put twice");
                if (!gone)
                {
                    inside.Raise((it.Units.Sku, it.Units.Lot), it.Units.Quantity);
                }

                break;
            case ToteEvent.Shorted it:
                Lose(seen, it.Sku, it.Lot, it.Missing, findings);
                break;
            case ToteEvent.Moved it:
                findings.Demand(Place == it.From, seen, $"moved from {it.From}, but it stood at {Place}");
                Place = it.To;
                break;
            case ToteEvent.Packed:
                inside.Clear();
                (Place, gone) = (null, true);
                break;
            case ToteEvent.TakenAway:
                findings.Demand(inside.Values.All(units => units == 0), seen, $"taken away with something inside");
                (Place, gone) = (null, true);
                break;
            case ToteEvent.Unpacked it:
                findings.Demand(Place is null && inside.Count == 0, seen, "unpacked into a tote in use");
                Place = it.Place;
                it.Contents.ToList().ForEach(one => inside.Raise((one.Sku, one.Lot), one.Quantity));
                break;
        }
    }

    private void Lose(in Seen seen, Sku sku, LotId lot, int units, Findings findings)
    {
        var left = inside.Raise((sku, lot), -units);
        findings.Demand(left >= 0, seen, $"gives {units} of {sku}/{lot}, {-left} more than it holds");
    }
}
