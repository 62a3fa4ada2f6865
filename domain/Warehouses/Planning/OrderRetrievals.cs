using Warehouse.Domain.Cranes;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Has totes brought out of the racks while an out place of the aisle and a dock of the station are free. Over all
/// aisles and stations the tote for the oldest order goes first: a dock serves only its station and an out place only
/// its aisle, so no station or aisle can keep another one's orders waiting for ever.
/// </summary>
internal static class OrderRetrievals
{
    public static void Run(Planning planning)
    {
        var plan = planning.Floor.Plan();
        var outs = plan.Aisles.ToDictionary(aisle => aisle, aisle => Free(planning.Floor, plan.OutPlaces(aisle)));
        var docks = plan.Stations.ToDictionary(station => station, station => Free(planning.Floor, plan.Docks(station)));
        while (Oldest(planning.Floor, outs, docks) is var (aisle, station, wanted))
        {
            planning.Happen(new WarehouseEvent.RetrievalOrdered(
                wanted.Lpn, aisle, outs[aisle].Dequeue(), station, docks[station].Dequeue()));
        }
    }

    private static (AisleId, StationId, WantedTote)? Oldest(
        WarehouseState floor, Dictionary<AisleId, Queue<PlaceId>> outs, Dictionary<StationId, Queue<PlaceId>> docks)
    {
        (AisleId, StationId, WantedTote Tote)? oldest = null;
        foreach (var (aisle, stations) in floor.Wanted)
        {
            if (outs[aisle].Count == 0)
            {
                continue;
            }

            foreach (var (station, wanted) in stations)
            {
                if (!wanted.IsEmpty && docks[station].Count > 0
                    && (oldest is not { } known || wanted.Min.CompareTo(known.Tote) < 0))
                {
                    oldest = (aisle, station, wanted.Min);
                }
            }
        }

        return oldest;
    }

    /// <summary>The free places, those first from which the last vehicle is known to have left.</summary>
    private static Queue<PlaceId> Free(WarehouseState floor, IEnumerable<PlaceId> places) =>
        new(places.Where(floor.IsFree).OrderBy(place => floor.Stops.ContainsKey(floor.Plan().Stops[place].Point.Node)));
}
