using Warehouse.Contracts;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Silo.Intake;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Api;

/// <summary>A failed job of a crane, with the answers that it allows.</summary>
public sealed record CraneCase(
    string Job, string Kind, string Tote, string From, string To, string Fault, string Reason, string? OnForks, IReadOnlyList<CraneChoice> Answers);

/// <summary>An answer, and what it says about the floor.</summary>
public sealed record CraneChoice(string Answer, string Says);

/// <summary>What a person says to a crane; who and why go into the journal.</summary>
/// <param name="Id">Names this answer: the same again changes nothing.</param>
/// <param name="Job">The failed job.</param>
/// <param name="Answer">One of the answers that it allows.</param>
/// <param name="Service">For the service: Automatic, Manual or Maintenance.</param>
/// <param name="Bin">For a closed bin: which.</param>
/// <param name="Who">Who says so.</param>
/// <param name="Why">What was seen or done.</param>
public sealed record CraneForm(string? Id, string? Job, string? Answer, string? Service, string? Bin, string? Who, string? Why);

/// <summary>Cranes: what waits for a person, and what a person says.</summary>
public static class CranesApi
{
    private const string Limit = "Warehouse:Api:MaxOrderBytes";
    private const int LongestText = 200;

    /// <summary>Maps /api/cranes.</summary>
    public static void MapCranes(this WebApplication app, ApiOptions options)
    {
        app.MapGet("/api/cranes/{warehouse}/{aisle}/cases", Cases).WithTags("Floor").Produces<IEnumerable<CraneCase>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Jobs that the crane could not end, with what is on its forks and the answers that each allows.");
        Map("recover", "Answers a failed job: TryAgain, StoreElsewhere or DoneByHand.", form =>
            form.Job is { } job && GrainKey.IsKey(job) && Named<CraneAnswer>(form.Answer) is { } answer
                ? new CraneCommand.Recover(CraneJobId.Parse(job), answer, form.Who!, form.Why!)
                : null, $"a job and one of {string.Join(", ", Enum.GetNames<CraneAnswer>())} as answer");
        Map("service", "Takes the crane out of automatic service, or puts it back.", form =>
            Named<CraneService>(form.Service) is { } service ? new CraneCommand.SetService(service, form.Who!, form.Why!) : null, $"one of {string.Join(", ", Enum.GetNames<CraneService>())}");
        Map("reopen", "Says that a closed bin is empty.", form =>
            form.Bin is { } bin && GrainKey.IsKey(bin) ? new CraneCommand.ReopenBin(Warehouse.Domain.Layout.PlaceId.Parse(bin), form.Who!, form.Why!) : null, "a bin");

        void Map(string what, string summary, Func<CraneForm, CraneCommand?> toCommand, string needed) =>
            app.MapPost($"/api/cranes/{{warehouse}}/{{aisle}}/{what}", (string warehouse, string aisle, HttpRequest request, IGrainFactory grains, SampleFiles files) =>
                    Say(new(warehouse, aisle, what, needed), request, toCommand, grains, files, options))
                .WithTags("Floor").Accepts<CraneForm>("application/json").Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity).WithSummary(summary);
    }

    private sealed record Asked(string Warehouse, string Aisle, string What, string Needed);

    private static async Task<IResult> Cases(string warehouse, string aisle, IGrainFactory grains, SampleFiles files)
    {
        if (KeyOf(files, warehouse, aisle) is not { } key)
        {
            return Problems.Unknown($"crane {OrderRules.Short(warehouse)}/{OrderRules.Short(aisle)}");
        }

        var crane = await grains.GetGrain<ICraneGrain>(key).Read();
        return Results.Ok(crane.Failed.Select(failed => new CraneCase(
            failed.Job.Id.Text, failed.Job.Kind.ToString(), failed.Job.Lpn.Text, failed.Job.From.Text, failed.Job.To.Text,
            failed.Fault.ToString(), failed.Reason, failed.OnForks?.Text,
            [.. CraneRecovery.Proposals(crane, failed).Select(one => new CraneChoice(one.Answer.ToString(), one.Says))])));
    }

    private static T? Named<T>(string? name) where T : struct, Enum =>
        Enum.GetNames<T>().Contains(name, StringComparer.Ordinal) ? Enum.Parse<T>(name!) : null;

    private static async Task<IResult> Say(
        Asked asked, HttpRequest request, Func<CraneForm, CraneCommand?> toCommand, IGrainFactory grains, SampleFiles files, ApiOptions options)
    {
        if (KeyOf(files, asked.Warehouse, asked.Aisle) is not { } key)
        {
            return Problems.Unknown($"crane {OrderRules.Short(asked.Warehouse)}/{OrderRules.Short(asked.Aisle)}");
        }

        var (form, unreadable) = await JsonBody.Read<CraneForm>(request, options.MaxOrderBytes, Limit);
        if (form is null)
        {
            return unreadable!;
        }

        if (Check(form) is { Count: > 0 } broken)
        {
            return Problems.Broken(broken);
        }

        if (toCommand(form) is not { } command)
        {
            return Problems.Broken([new FieldProblem(asked.What, $"needs {asked.Needed}")]);
        }

        var answer = await grains.GetGrain<ICraneGrain>(key).Execute(Envelope.From($"{asked.What}/{form.Id}", command));
        return answer.Accepted ? Results.NoContent() : Problems.Refused(answer);
    }

    private static List<FieldProblem> Check(CraneForm form)
    {
        var broken = new List<FieldProblem>();
        if (!GrainKey.IsPart(form.Id) || form.Id!.Length > GrainKey.MaxPart)
        {
            broken.Add(new FieldProblem("id", $"must be 1 to {GrainKey.MaxPart} characters of A-Z a-z 0-9 . _ -"));
        }

        foreach (var (field, text) in new[] { ("who", form.Who), ("why", form.Why) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
            {
                broken.Add(new FieldProblem(field, $"must be 1 to {LongestText} characters"));
            }
        }

        return broken;
    }

    private static string? KeyOf(SampleFiles files, string warehouse, string aisle) =>
        files.Floor.Where(plan => plan.Id.Text == warehouse)
            .SelectMany(plan => Warehouse.Domain.Layout.FloorPlan.Of(plan).Aisles)
            .Select(one => one.Text).FirstOrDefault(text => text == $"{warehouse}/{aisle}");
}
