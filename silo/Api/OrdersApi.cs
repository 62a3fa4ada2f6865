using System.Collections.Immutable;
using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Intake;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Api;

/// <summary>Orders: submit one, upload many, read, cancel.</summary>
public static class OrdersApi
{
    private const string OrderLimit = "Warehouse:Api:MaxOrderBytes";
    private const string CsvLimit = "Warehouse:Api:MaxCsvBytes";

    /// <summary>Maps /api/orders.</summary>
    public static void MapOrders(this WebApplication app, ApiOptions options)
    {
        var orders = app.MapGroup("/api/orders").WithTags("Orders");
        orders.MapPost("/", (HttpRequest request, OrderImport import, IGrainFactory grains, [FromKeyedServices(JournalHosting.WarehouseClock)] TimeProvider clock) =>
                Submit(request, import, grains, clock, options))
            .Accepts<OrderForm>("application/json").Produces<OrderAccepted>(StatusCodes.Status201Created).Produces<OrderAccepted>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Submit an order. The same order again is answered 200 and changes nothing.");
        orders.MapPost("/csv", (HttpRequest request, OrderImport import) => Upload(request, import, options))
            .Accepts<IFormFile>("text/csv").Produces<ImportReport>().ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Upload a CSV of orders and reversals, columns as in samples/orders.csv. One broken row refuses the whole file.");
        orders.MapGet("/{channel}/{externalId}", Read).Produces<OrderReport>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("An order with its whole history and the reason for its current state.");
        orders.MapPost("/{channel}/{externalId}/cancel", (HttpRequest request, OrderReading reading, IGrainFactory grains) => Cancel(request, reading, grains, options))
            .Accepts<CancelForm>("application/json").Produces<OrderReport>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Cancel an order, wherever it is; refused once a carrier has it.");
    }

    private static async Task<IResult> Submit(HttpRequest request, OrderImport import, IGrainFactory grains, TimeProvider clock, ApiOptions options)
    {
        var (form, unreadable) = await JsonBody.Read<OrderForm>(request, options.MaxOrderBytes, OrderLimit);
        if (form is null)
        {
            return unreadable!;
        }

        if (OrderFormRows.Check(form) is { Length: > 0 } broken)
        {
            return Problems.Broken(broken);
        }

        var order = ExternalIds.Order(form.Channel!, form.ExternalId!);
        var known = (await grains.GetGrain<IOrderGrain>(order.Text).Read()).Draft;
        if (known is not null && known.ExternalId != form.ExternalId)
        {
            return Problems.Refused(Answer.No(OrderRefusal.AnotherOrder, $"{order} stands for another external id with the same digest; use another id"));
        }

        // Said again without a time, it is the same order: the time it got then is the time it has.
        var at = form.PlacedAt is { } given ? Moment.Of(given) : known?.PlacedAt ?? Moment.Of(clock.GetUtcNow());
        var (items, problems) = await import.Prepare(OrderFormRows.Of(form, at));
        if (!problems.IsEmpty)
        {
            return Problems.Broken([.. problems.Select(OrderFormRows.InJson)]);
        }

        var answer = await import.Submit(items.OfType<IntakeItem.PlaceOrder>().Single());
        var accepted = new OrderAccepted(form.Channel!, form.ExternalId!, order.Text);
        return !answer.Accepted ? Problems.Refused(answer)
            : known is null ? Results.Created($"/api/orders/{form.Channel}/{Uri.EscapeDataString(form.ExternalId!)}", accepted)
            : Results.Ok(accepted);
    }

    private static async Task<IResult> Upload(HttpRequest request, OrderImport import, ApiOptions options)
    {
        JsonBody.Bound(request, options.MaxCsvBytes);
        ImmutableArray<OrderRow> rows;
        ImmutableArray<FieldProblem> problems;
        try
        {
            (rows, problems) = await OrderCsv.Read(request.Body, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException cut) when (cut.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(options.MaxCsvBytes, CsvLimit);
        }

        if (!problems.IsEmpty)
        {
            return Problems.Broken(problems);
        }

        var (items, unknown) = await import.Prepare(rows);
        return unknown.IsEmpty ? Results.Ok(await import.Apply(rows.Length, items)) : Problems.Broken(unknown);
    }

    private static async Task<IResult> Read(HttpRequest request, OrderReading reading)
    {
        var (channel, externalId) = (ExternalIds.Segment(request, 2), ExternalIds.Segment(request, 3));
        if (ExternalIds.Check(channel, externalId).ToArray() is { Length: > 0 } broken)
        {
            return Problems.Broken(broken);
        }

        return await reading.Find(channel, externalId) is { } found ? Results.Ok(found) : Problems.Unknown($"order {externalId} of channel {channel}");
    }

    private static async Task<IResult> Cancel(HttpRequest request, OrderReading reading, IGrainFactory grains, ApiOptions options)
    {
        var (channel, externalId) = (ExternalIds.Segment(request, 2), ExternalIds.Segment(request, 3));
        var (form, unreadable) = await JsonBody.Read<CancelForm>(request, options.MaxOrderBytes, OrderLimit);
        FieldProblem[] broken =
        [
            .. ExternalIds.Check(channel, externalId),
            .. form is null ? [] : OrderFormRows.Text("reason", form.Reason).Concat(OrderFormRows.Text("who", form.Who)),
        ];
        if (unreadable is not null || broken.Length > 0)
        {
            return unreadable ?? Problems.Broken(broken);
        }

        if (await reading.Find(channel, externalId) is not { } found)
        {
            return Problems.Unknown($"order {externalId} of channel {channel}");
        }

        var answer = await grains.GetGrain<IOrderGrain>(found.Order)
            .Execute(Envelope.From("cancel", new OrderCommand.Cancel(form!.Reason!, form.Who!)));
        return answer.Accepted ? Results.Ok(await reading.Find(channel, externalId)) : Problems.Refused(answer);
    }
}

/// <summary>The order is in the house.</summary>
/// <param name="Channel">Who sent it.</param>
/// <param name="ExternalId">Its number there.</param>
/// <param name="Order">Its number here.</param>
public sealed record OrderAccepted(string Channel, string ExternalId, string Order);
