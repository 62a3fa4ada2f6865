using Warehouse.Domain.Gs1;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;

namespace Warehouse.Domain.Warehouses;

/// <summary>Gives waiting orders free slots: the next order of the queue goes to the station with the most free slots.</summary>
internal static class ReleaseOrders
{
    /// <summary>Serial numbers of a warehouse within its SSCC block: six digits.</summary>
    private const int ParcelsPerBlock = 1_000_000;

    public static void Run(Planning planning)
    {
        while (!planning.Floor.Queue.IsEmpty && Emptiest(planning.Floor) is var (station, slot))
        {
            var floor = planning.Floor;
            var plan = floor.Plan().Plan;
            planning.Happen(new WarehouseEvent.OrderReleased(
                floor.Queue.Min.Order, station, slot,
                new(FormattableString.Invariant($"P-{plan.Id}-{floor.Serials.OrderTote + 1:000000}")),
                ParcelNumber(plan, floor.Serials.Parcel + 1)));
        }
    }

    private static (StationId Station, int Slot)? Emptiest(WarehouseState floor)
    {
        (StationId Station, int Slot)? emptiest = null;
        var most = 0;
        foreach (var station in floor.Plan().Stations)
        {
            var slots = floor.Plan().Slots(station);
            var free = slots.Count(floor.IsFree);
            if (free > most)
            {
                most = free;
                emptiest = (station, 1 + slots.IndexOf(slots.First(floor.IsFree)));
            }
        }

        return emptiest;
    }

    private static Sscc ParcelNumber(WarehousePlan plan, int parcel) =>
        SsccNumber.Of(0, WarehouseDecider.CompanyPrefix, (long)plan.SsccBlock * ParcelsPerBlock + parcel);
}
