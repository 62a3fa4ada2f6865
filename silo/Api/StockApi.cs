using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Warehouses;
using Warehouse.Silo.Intake;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Api;

/// <summary>Stock: read a SKU in a warehouse, receive goods.</summary>
public static class StockApi
{
    private const string Limit = "Warehouse:Api:MaxOrderBytes";

    /// <summary>Maps /api/stock and /api/warehouses.</summary>
    public static void MapStock(this WebApplication app, ApiOptions options)
    {
        app.MapGet("/api/stock/{warehouse}/{sku}", Read).WithTags("Stock").Produces<StockState>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Quantities of a SKU in a warehouse by lot and tote, reservations, movements.");
        app.MapPost("/api/warehouses/{warehouse}/receipts", (string warehouse, HttpRequest request, IGrainFactory grains, SampleFiles files) =>
                Receive(warehouse, request, grains, files, options))
            .WithTags("Stock").Accepts<ReceiptForm>("application/json").Produces<GoodsIn>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Goods stand at the receiving dock: they get a tote and a bin. The same receipt again changes nothing.");
    }

    private static async Task<IResult> Read(string warehouse, string sku, SampleFiles files, IGrainFactory grains)
    {
        if (!IsWarehouse(files, warehouse) || !OrderRules.IsSku(sku) || (await grains.GetGrain<IProductGrain>(sku).Read()).Sku is null)
        {
            return Problems.Unknown($"stock of {OrderRules.Short(sku)} in {OrderRules.Short(warehouse)}");
        }

        return Results.Ok(await grains.GetGrain<IStockGrain>($"{warehouse}/{sku}").Read());
    }

    private static async Task<IResult> Receive(string warehouse, HttpRequest request, IGrainFactory grains, SampleFiles files, ApiOptions options)
    {
        if (!IsWarehouse(files, warehouse))
        {
            return Problems.Unknown($"warehouse {OrderRules.Short(warehouse)}");
        }

        var (form, unreadable) = await JsonBody.Read<ReceiptForm>(request, options.MaxOrderBytes, Limit);
        if (form is null)
        {
            return unreadable!;
        }

        if ((await Check(form, grains)) is { Count: > 0 } broken)
        {
            return Problems.Broken(broken);
        }

        var body = new WarehouseCommand.ReceiveGoods(form.Receipt!, Sku.Parse(form.Sku!), LotId.Parse(form.Lot!), form.Quantity);
        var answer = await grains.GetGrain<IWarehouseGrain>(warehouse).Execute(Envelope.From($"receipt/{form.Receipt}", body));
        return answer.Accepted ? Results.Json(answer.Detail as GoodsIn, statusCode: StatusCodes.Status201Created) : Problems.Refused(answer);
    }

    private static async Task<List<FieldProblem>> Check(ReceiptForm form, IGrainFactory grains)
    {
        var broken = new List<FieldProblem>();
        if (!GrainKey.IsPart(form.Receipt) || form.Receipt!.Length > GrainKey.MaxPart)
        {
            broken.Add(new FieldProblem("receipt", $"must be 1 to {GrainKey.MaxPart} characters of A-Z a-z 0-9 . _ -"));
        }

        if (!GrainKey.IsPart(form.Lot) || form.Lot!.Length > GrainKey.MaxPart)
        {
            broken.Add(new FieldProblem("lot", $"must be 1 to {GrainKey.MaxPart} characters of A-Z a-z 0-9 . _ -"));
        }

        if (form.Quantity is < 1 or > OrderRules.MaxQuantity)
        {
            broken.Add(new FieldProblem("quantity", $"must be 1 to {OrderRules.MaxQuantity}, is {form.Quantity}"));
        }

        if (form.Sku is null || !OrderRules.IsSku(form.Sku) || (await grains.GetGrain<IProductGrain>(form.Sku).Read()).Sku is null)
        {
            broken.Add(new FieldProblem("sku", $"'{OrderRules.Short(form.Sku ?? "")}' is no product of this house"));
        }

        return broken;
    }

    private static bool IsWarehouse(SampleFiles files, string warehouse) => files.Floor.Any(plan => plan.Id.Text == warehouse);
}
