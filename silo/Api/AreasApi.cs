using System.Collections.Immutable;
using Warehouse.Contracts;
using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Silo.Intake;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Api;

/// <summary>An area as somebody sets it up.</summary>
public sealed record AreaForm(string? Place, string? TotePrefix, int ToteDigits, ImmutableArray<string>? Skus, string? Release);

/// <summary>Somebody's word on a hold or a case.</summary>
public sealed record AreaWord(string? What, string? Who, string? Why);

/// <summary>Watched areas: gates and cold stores, their cases, alarms and holds.</summary>
public static class AreasApi
{
    private const string Limit = "Warehouse:Api:MaxOrderBytes";

    /// <summary>Maps /api/areas.</summary>
    public static void MapAreas(this WebApplication app, ApiOptions options)
    {
        app.MapGet("/api/areas/{warehouse}/{area}", Read).WithTags("Devices").Produces<AreaState>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A watched area: its plan, open cases, alarms, and the hold on its goods.");
        app.MapPut("/api/areas/{warehouse}/{area}", (string warehouse, string area, HttpRequest request, IGrainFactory grains) => Put(warehouse, area, request, grains, options))
            .WithTags("Devices").Accepts<AreaForm>("application/json").ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Set an area up: where its totes should stand, how their numbers are made of tags, which goods an alarm holds.");
        app.MapPost("/api/areas/{warehouse}/{area}/release", (string warehouse, string area, HttpRequest request, IGrainFactory grains) =>
                Word(warehouse, area, request, grains, options, word => new AreaCommand.ReleaseHold(word.Who!, word.Why!), needsWhat: false))
            .WithTags("Devices").Accepts<AreaWord>("application/json").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Let an area's goods go to orders again, with who and why.");
        app.MapPost("/api/areas/{warehouse}/{area}/cases", (string warehouse, string area, HttpRequest request, IGrainFactory grains) =>
                Word(warehouse, area, request, grains, options, word => new AreaCommand.SettleCase(StreamId.Parse(word.What!), word.Who!, word.Why!), needsWhat: true))
            .WithTags("Devices").Accepts<AreaWord>("application/json").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Settle a case: what was seen, who put it right, and how.");
    }

    private static async Task<IResult> Read(string warehouse, string area, IGrainFactory grains) =>
        IdOf(warehouse, area) is { } id && await grains.GetGrain<IAreaGrain>(id.Text).Read() is { Area: not null } state
            ? Results.Ok(state)
            : Unknown(warehouse, area);

    private static async Task<IResult> Put(string warehouse, string area, HttpRequest request, IGrainFactory grains, ApiOptions options)
    {
        var (form, unreadable) = await JsonBody.Read<AreaForm>(request, options.MaxOrderBytes, Limit);
        if (form is null)
        {
            return unreadable!;
        }

        if (IdOf(warehouse, area) is not { } id)
        {
            return Unknown(warehouse, area);
        }

        List<FieldProblem> broken = [];
        if (form.Place is { } place && !GrainKey.IsKey(place))
        {
            broken.Add(new FieldProblem("place", "a place of the floor, for example MAIN/A01/out1"));
        }

        if (form.Skus is { IsDefault: false } skus && skus.FirstOrDefault(sku => !OrderRules.IsSku(sku)) is { } wrong)
        {
            broken.Add(new FieldProblem("skus", $"'{OrderRules.Short(wrong)}' is no SKU"));
        }

        if (form.Release is not (null or "person" or "clearing"))
        {
            broken.Add(new FieldProblem("release", "one of person, clearing"));
        }

        if (broken.Count > 0)
        {
            return Problems.Broken(broken);
        }

        var plan = new AreaPlan(
            form.Place is null ? null : PlaceId.Parse(form.Place), form.TotePrefix ?? "", form.ToteDigits,
            [.. (form.Skus ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Sku.Parse)],
            form.Release == "clearing" ? HoldRelease.Clearing : HoldRelease.Person);
        return await Tell(id, new AreaCommand.SetUp(id, plan), request, grains);
    }

    private static async Task<IResult> Word(
        string warehouse, string area, HttpRequest request, IGrainFactory grains, ApiOptions options, Func<AreaWord, AreaCommand> command, bool needsWhat)
    {
        var (word, unreadable) = await JsonBody.Read<AreaWord>(request, options.MaxOrderBytes, Limit);
        if (word is null)
        {
            return unreadable!;
        }

        List<FieldProblem> broken = [.. DevicesApi.Named("who", word.Who), .. DevicesApi.Named("why", word.Why)];
        if (needsWhat && !(word.What is { } what && what.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && GrainKey.IsKey(what[(colon + 1)..])))
        {
            broken.Add(new FieldProblem("what", "a noun, ':' and its key, for example tote:T000123"));
        }

        return broken.Count > 0 ? Problems.Broken(broken)
            : IdOf(warehouse, area) is { } id ? await Tell(id, command(word), request, grains)
            : Unknown(warehouse, area);
    }

    private static async Task<IResult> Tell(AreaId id, AreaCommand command, HttpRequest request, IGrainFactory grains)
    {
        var answer = await grains.GetGrain<IAreaGrain>(id.Text).Execute(Envelope.From($"api/{request.HttpContext.TraceIdentifier}/{DateTimeOffset.UtcNow.Ticks}", command));
        return answer.Accepted ? Results.NoContent()
            : answer.Is(AreaRefusal.Unknown) ? Problems.Unknown($"area {id}")
            : answer.Is(AreaRefusal.NotAPlan) ? Problems.Broken([new FieldProblem((answer.Reason ?? ":").Split(':')[0], answer.Reason ?? "")])
            : Problems.Refused(answer);
    }

    private static AreaId? IdOf(string warehouse, string area) =>
        GrainKey.IsPart(warehouse) && GrainKey.IsPart(area) && GrainKey.IsKey($"{warehouse}/{area}") ? new AreaId($"{warehouse}/{area}") : null;

    private static IResult Unknown(string warehouse, string area) => Problems.Unknown($"area {OrderRules.Short($"{warehouse}/{area}")}");
}
