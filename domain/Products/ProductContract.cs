using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Products;

/// <summary>A box that holds one unit, in millimetres.</summary>
[GenerateSerializer, Immutable, Alias("product.size")]
public sealed record Size(
    [property: Id(0)] int LengthMillimetres, [property: Id(1)] int WidthMillimetres,
    [property: Id(2)] int HeightMillimetres);

/// <summary>What a product is told.</summary>
[GenerateSerializer, Immutable, Alias("product.command")]
public abstract record ProductCommand : Command
{
    private ProductCommand() { }

    /// <summary>State what the product is. The same again changes nothing; another text or size replaces the old.</summary>
    [GenerateSerializer, Immutable, Alias("product.define")]
    public sealed record Define(
        [property: Id(0)] Sku Sku, [property: Id(1)] string Description, [property: Id(2)] int MassGrams,
        [property: Id(3)] Size Size, [property: Id(4)] string Barcode, [property: Id(5)] int UnitsPerTote) : ProductCommand;
}

/// <summary>What happens to a product.</summary>
[GenerateSerializer, Immutable, Alias("product.event")]
public abstract record ProductEvent : Event
{
    private ProductEvent() { }

    /// <summary>The product is this from now on. Mass and size are of one unit.</summary>
    [GenerateSerializer, Immutable, Alias("product.defined")]
    public sealed record Defined(
        [property: Id(0)] Sku Sku, [property: Id(1)] string Description, [property: Id(2)] int MassGrams,
        [property: Id(3)] Size Size, [property: Id(4)] string Barcode, [property: Id(5)] int UnitsPerTote) : ProductEvent;
}

/// <summary>Why a product says no, in the order in which it is checked.</summary>
public enum ProductRefusal
{
    /// <summary>Mass, a length or units per tote is not positive, or the text is empty or too long.</summary>
    NotMeasurable,
}
