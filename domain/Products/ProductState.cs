using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Products;

/// <summary>What a product is. Sku is null until it was defined; mass and size are of one unit.</summary>
[GenerateSerializer, Immutable, Alias("product-state")]
public sealed record ProductState(
    [property: Id(0)] Sku? Sku, [property: Id(1)] string Description, [property: Id(2)] int MassGrams,
    [property: Id(3)] Size Size, [property: Id(4)] string Barcode, [property: Id(5)] int UnitsPerTote)
{
    /// <summary>A product that nobody has defined.</summary>
    public static ProductState Undefined { get; } = new(null, "", 0, new Size(0, 0, 0), "", 0);
}
