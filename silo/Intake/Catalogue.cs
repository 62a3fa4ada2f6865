using System.Collections.Immutable;
using Warehouse.Contracts;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Products;
using Warehouse.Silo.Api;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Intake;

/// <summary>Asks the product grains which SKUs there are. Codes of charges are no goods and need no product.</summary>
public sealed class Catalogue(IGrainFactory grains, SampleFiles files)
{
    /// <summary>The products of the rows, and a problem for each row whose SKU nobody has defined or whose place is nowhere on the map.</summary>
    public async Task<(ImmutableArray<ProductRow> Products, ImmutableArray<FieldProblem> Problems)> Resolve(
        IReadOnlyList<OrderRow> rows, Func<OrderRow, bool> isOnTheMap)
    {
        var products = new Dictionary<string, ProductRow?>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (!files.Charges.ContainsKey(row.Sku) && await Find(row.Sku, products) is null)
            {
                problems.Add(new FieldProblem("sku", $"'{OrderRules.Short(row.Sku)}' is no product of this house", i + 2));
            }

            if (!isOnTheMap(row))
            {
                problems.Add(new FieldProblem("ship_country", $"no place is known for country '{OrderRules.Short(row.Country)}', postcode '{OrderRules.Short(row.Postcode)}'", i + 2));
            }
        }

        return ([.. products.Values.OfType<ProductRow>()], problems.ToImmutable());
    }

    private async Task<ProductRow?> Find(string sku, Dictionary<string, ProductRow?> known)
    {
        if (!known.TryGetValue(sku, out var product))
        {
            var state = OrderRules.IsSku(sku) ? await grains.GetGrain<IProductGrain>(sku).Read() : ProductState.Undefined;
            known[sku] = product = state.Sku is { } id ? Row(id, state) : null;
        }

        return product;
    }

    private static ProductRow Row(Sku sku, ProductState state) => new(
        sku, state.Description, state.MassGrams, state.Size.LengthMillimetres, state.Size.WidthMillimetres, state.Size.HeightMillimetres,
        state.Barcode, state.UnitsPerTote);
}
