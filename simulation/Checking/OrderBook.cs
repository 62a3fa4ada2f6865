using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;

namespace Warehouse.Simulation.Checking;

/// <summary>One order as its stream tells it: ordered, taken back, picked, given up, shipped, returned.</summary>
internal sealed class OrderBook(StreamId stream)
{
    private readonly SortedDictionary<int, Sku> lines = [];
    private readonly SortedDictionary<(Sku Sku, LotId Lot), long> picked = [];
    private readonly SortedSet<string> once = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Sku, long> ordered = [];
    private readonly SortedDictionary<Sku, long> reduced = [];
    private readonly SortedDictionary<Sku, long> expected = [];
    private readonly SortedDictionary<Sku, long> returned = [];
    private readonly SortedDictionary<Sku, long> givenUp = [];
    private readonly SortedDictionary<Sku, long> packed = [];

    private bool waitsForRoom;

    public StreamId Stream => stream;

    public OrderStage Stage { get; private set; }

    /// <summary>Why it stands where it stands: of a wait for stock, a cancellation or a close.</summary>
    public string Reason { get; private set; } = string.Empty;

    /// <summary>It can go no further until somebody makes room or brings goods, and says so.</summary>
    public bool Waits => Stage == OrderStage.AwaitingStock || (Stage == OrderStage.Cancelling && waitsForRoom);

    public bool IsOver => Stage is OrderStage.Shipped or OrderStage.Cancelled or OrderStage.Closed;

    public IReadOnlyDictionary<Sku, long> GivenUp => givenUp;

    /// <summary>Units that the customer keeps, by SKU.</summary>
    public IEnumerable<(Sku Sku, long Units)> Kept =>
        packed.Keys.Select(sku => (sku, Stage == OrderStage.Shipped ? packed.Of(sku) - returned.Of(sku) : 0));

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case OrderEvent.Placed it:
                findings.Demand(Stage == OrderStage.None, seen, "placed twice");
                Stage = OrderStage.Allocating;
                foreach (var line in it.Draft.Lines)
                {
                    lines.Add(line.Number, line.Sku);
                    ordered.Raise(line.Sku, line.Quantity);
                }

                break;
            case OrderEvent.Reduced it:
                Reverse(seen, it.Reversal, it.Line, it.Quantity, reduced, findings);
                break;
            case OrderEvent.ReturnExpected it:
                Reverse(seen, it.Reversal, it.Line, it.Quantity, expected, findings);
                break;
            case OrderEvent.ReturnReceived it:
                findings.Demand(once.Add($"back {it.Reversal} {it.Sku}"), seen, $"return {it.Reversal} came back twice");
                returned.Raise(it.Sku, it.Lots.Sum(lot => (long)lot.Quantity));
                break;
            case OrderEvent.UnitsPicked it:
                findings.Demand(once.Add($"task {it.Task}"), seen, $"task {it.Task} counted twice");
                picked.Raise((it.Sku, it.Lot), it.Quantity);
                break;
            case OrderEvent.UnitsGivenUp it:
                givenUp.Raise(it.Sku, it.Quantity);
                break;
            case OrderEvent.PutOff { Ask: OrderAsk.PutAway } it:
                (waitsForRoom, Reason) = (true, it.Reason);
                break;
            case OrderEvent.PutAwayPlanned:
                waitsForRoom = false;
                break;
            case OrderEvent.Packed it:
                Pack(seen, it, findings);
                break;
            default:
                Move(seen, findings);
                break;
        }
    }

    /// <summary>What must hold when nothing moves any more.</summary>
    public void Finish(Findings findings)
    {
        findings.Demand(
            IsOver || (Waits && Reason.Length > 0), stream, $"the order ends unfinished, in stage {Stage}");
        if (Stage != OrderStage.Shipped)
        {
            return;
        }

        foreach (var (sku, units) in ordered)
        {
            var due = units - reduced.Of(sku) - givenUp.Of(sku);
            findings.Demand(packed.Of(sku) == due, stream,
                $"{sku}: shipped {packed.Of(sku)}, but ordered {units} - reduced {reduced.Of(sku)} - given up {givenUp.Of(sku)} = {due}");
            var back = Math.Min(expected.Of(sku), packed.Of(sku));
            findings.Demand(returned.Of(sku) == back, stream, $"{sku}: {returned.Of(sku)} units came back, {back} should have");
        }
    }

    private void Move(in Seen seen, Findings findings)
    {
        var (stage, reason) = seen.Event switch
        {
            OrderEvent.AllocationStarted => (Stage == OrderStage.Picking ? Stage : OrderStage.Allocating, string.Empty),
            OrderEvent.Allocated => (OrderStage.Allocated, string.Empty),
            OrderEvent.StockAwaited it => (OrderStage.AwaitingStock, it.Reason),
            OrderEvent.PickingBegun => (OrderStage.Picking, string.Empty),
            OrderEvent.Shipped => (OrderStage.Shipped, string.Empty),
            OrderEvent.Cancelling it => (OrderStage.Cancelling, it.Reason),
            OrderEvent.Cancelled it => (OrderStage.Cancelled, it.Reason),
            OrderEvent.Closed it => (OrderStage.Closed, it.Reason),
            _ => (Stage, Reason),
        };
        findings.Demand(!IsOver || stage == Stage, seen, $"went on to {stage} after it was over ({Stage})");
        findings.Demand(seen.Event is not OrderEvent.Shipped || Stage != OrderStage.Shipped, seen, "shipped twice");
        findings.Demand(seen.Event is not OrderEvent.Shipped || packed.Count > 0, seen, "shipped without a parcel");
        (Stage, Reason) = (stage, reason);
    }

    private void Reverse(in Seen seen, string reversal, int line, int units, SortedDictionary<Sku, long> into, Findings findings)
    {
        findings.Demand(once.Add($"reversal {reversal}"), seen, $"reversal {reversal} counted twice");
        if (!lines.TryGetValue(line, out var sku))
        {
            findings.Add(seen, $"reversal {reversal} of line {line}, which the order has not");
            return;
        }

        into.Raise(sku, units);
        findings.Demand(
            reduced.Of(sku) + expected.Of(sku) <= ordered.Of(sku), seen, $"{sku}: more units are taken back than were ordered");
    }

    private void Pack(in Seen seen, OrderEvent.Packed it, Findings findings)
    {
        findings.Demand(packed.Count == 0 || Stage is OrderStage.Cancelling, seen, "packed twice");
        var inside = new SortedDictionary<(Sku, LotId), long>();
        foreach (var content in it.Contents)
        {
            inside.Raise((content.Sku, content.Lot), content.Quantity);
            packed.Raise(content.Sku, content.Quantity);
        }

        findings.Demand(inside.SequenceEqual(picked), seen, $"the parcel holds {Text(inside)}, picked was {Text(picked)}");
        Stage = Stage == OrderStage.Cancelling ? Stage : OrderStage.Packed;
    }

    private static string Text(SortedDictionary<(Sku Sku, LotId Lot), long> units) =>
        string.Join(", ", units.Select(one => $"{one.Value} {one.Key.Sku}/{one.Key.Lot}"));
}
