using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Products;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;

namespace Warehouse.Journal;

public sealed partial class NounTable
{
    /// <summary>Every noun of the house. A new decider is one more line here.</summary>
    public static NounTable All { get; } = new(
        [
            Noun.Of(OrderDecider.Decider),
            Noun.Of(ParcelDecider.Decider),
            Noun.Of(ProductDecider.Decider),
            Noun.Of(StockDecider.Decider),
            Noun.Of(ToteDecider.Decider),
        ],
        NameTable.Of(typeof(Command).Assembly));
}
