using Warehouse.Domain.Areas;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Products;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Journal;

public sealed partial class NounTable
{
    /// <summary>Every noun of the house. A new decider is one more line here.</summary>
    public static NounTable All { get; } = new(
        [
            Noun.Of(AgvDecider.Decider),
            Noun.Of(AreaDecider.Decider),
            Noun.Of(CraneDecider.Decider),
            Noun.Of(DeviceDecider.Decider),
            Noun.Of(FleetDecider.Decider),
            Noun.Of(OrderDecider.Decider),
            Noun.Of(ParcelDecider.Decider),
            Noun.Of(ProductDecider.Decider),
            Noun.Of(StationDecider.Decider),
            Noun.Of(StockDecider.Decider),
            Noun.Of(ToteDecider.Decider),
            Noun.Of(WarehouseDecider.Decider),
        ],
        NameTable.Of(typeof(Command).Assembly));
}
