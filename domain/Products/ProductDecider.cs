using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;

namespace Warehouse.Domain.Products;

/// <summary>Product: the facts of a SKU that do not depend on a warehouse.</summary>
public static class ProductDecider
{
    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescription = 200;

    /// <summary>Heaviest unit, in grams: what a tote may carry.</summary>
    public const int MaxMassGrams = 50_000;

    /// <summary>Longest edge, in millimetres.</summary>
    public const int MaxEdgeMillimetres = 5_000;

    /// <summary>Most units in a tote.</summary>
    public const int MaxUnitsPerTote = 100_000;

    /// <summary>The noun.</summary>
    public static Decider<ProductState> Decider { get; } =
        new("product", 1, ProductState.Undefined, Decide, Evolve, static (_, _) => [], Check);

    private static Decision Decide(ProductState state, Command command, Moment at) => command switch
    {
        ProductCommand.Define define => Define(state, define),
        Answered => Decision.Nothing,
        _ => throw new UnreachableCommandException("product", command),
    };

    private static Decision Define(ProductState state, ProductCommand.Define define)
    {
        if (Defect(define) is { } defect)
        {
            return Decision.Refuse(ProductRefusal.NotMeasurable, defect);
        }

        var defined = new ProductEvent.Defined(
            define.Sku, define.Description, define.MassGrams, define.Size, define.Barcode, define.UnitsPerTote);
        return Evolve(state, defined) == state ? Decision.Nothing : Decision.Accept(defined);
    }

    /// <summary>What is wrong with the definition, naming field and rule; null when nothing is.</summary>
    private static string? Defect(ProductCommand.Define define) =>
        string.IsNullOrWhiteSpace(define.Description) || define.Description.Length > MaxDescription
            ? $"description: 1 to {MaxDescription} characters"
        : define.MassGrams is < 1 or > MaxMassGrams
            ? $"massGrams: 1 to {MaxMassGrams}, not {define.MassGrams}"
        : !IsEdge(define.Size?.LengthMillimetres) || !IsEdge(define.Size?.WidthMillimetres) || !IsEdge(define.Size?.HeightMillimetres)
            ? $"size: each edge is 1 to {MaxEdgeMillimetres} mm"
        : define.UnitsPerTote is < 1 or > MaxUnitsPerTote
            ? $"unitsPerTote: 1 to {MaxUnitsPerTote}, not {define.UnitsPerTote}"
        : define.Barcode is null || (define.Barcode.Length > 0 && !Gtin.IsValid(define.Barcode))
            ? $"barcode: empty, or a GTIN of 8, 12, 13 or 14 digits with its check digit, not '{define.Barcode}'"
        : null;

    private static bool IsEdge(int? millimetres) => millimetres is >= 1 and <= MaxEdgeMillimetres;

    private static ProductState Evolve(ProductState state, Event happened) => happened switch
    {
        ProductEvent.Defined it =>
            new ProductState(it.Sku, it.Description, it.MassGrams, it.Size, it.Barcode, it.UnitsPerTote),
        _ => throw new UnknownEventException("product", happened),
    };

    private static void Check(ProductState state)
    {
        if (state.Sku is { } sku && (state.MassGrams <= 0 || state.UnitsPerTote <= 0))
        {
            throw new BrokenInvariantException("product", sku.Text, "mass and units per tote are positive");
        }
    }
}
