using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Totes;
using Warehouse.Simulation.Checking;
using Warehouse.Simulation.Faults;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Plant;
using Warehouse.Simulation.Samples;

namespace Warehouse.Simulation.Runs;

/// <summary>What a run has shown.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Options">What was drawn from it, as text.</param>
/// <param name="Digest">Of everything that landed: the same seed gives the same one, in every process.</param>
/// <param name="Rows">Appends that landed.</param>
/// <param name="Steps">Turns run.</param>
/// <param name="Took">Time on the floor's clock.</param>
/// <param name="Rested">True when everything came to rest within the bound.</param>
/// <param name="Plant">How busy the floor was.</param>
/// <param name="Balance">Whether the books add up.</param>
/// <param name="Checker">All books.</param>
/// <param name="Exceptions">What was refused or held, with reasons.</param>
/// <param name="Fired">How often each fault struck.</param>
/// <param name="OpenEffects">What still waits to be delivered at the end, other than deadlines.</param>
public sealed record DayResult(
    ulong Seed, string Options, string Digest, long Rows, long Steps, TimeSpan Took, bool Rested, PlantReport Plant, Balance Balance,
    JournalChecker Checker, ImmutableArray<string> Exceptions, ImmutableSortedDictionary<string, long> Fired,
    ImmutableArray<string> OpenEffects)
{
    /// <summary>Everything that must not be; empty for a right run.</summary>
    public IEnumerable<string> Failures =>
    [
        .. Rested ? Array.Empty<string>() : ["the floor did not come to rest"],
        .. Checker.Findings.All.Select(finding => finding.ToString()),
        .. OpenEffects.Select(effect => $"never delivered: {effect}"),
    ];
}

/// <summary>
/// A day on the deterministic scheduler: open, bring everything in at its time, with or without faults; then the faults
/// stop, and everything must come to rest within a bound.
/// </summary>
public sealed class DayRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly SimulatedHouse house;
    private readonly SampleFiles files;
    private readonly Intake intake;
    private readonly FaultInjector? faults;
    private readonly TimeSpan restWithin;

    /// <summary>A run over these files and items. The clock starts ten minutes before the first item.</summary>
    public DayRun(
        ulong seed, SampleFiles files, ImmutableArray<IntakeItem> items, HouseOptions options, FaultOptions? faults = null,
        TimeSpan? restWithin = null)
    {
        this.files = files;
        this.restWithin = restWithin ?? TimeSpan.FromHours(24);
        house = new SimulatedHouse(seed, items[0].At.ToDateTimeOffset().AddMinutes(-10), files.Floor, options);
        house.Plant.Fill(files.Stock.Select(row => (Lpn.Parse(row.Lpn), OpeningCommands.Bin(row))));
        intake = new Intake(house, items);
        this.faults = faults is null ? null : new FaultInjector(house, faults);
    }

    /// <summary>The house of the run.</summary>
    public SimulatedHouse House => house;

    /// <summary>Play it.</summary>
    public DayResult Play()
    {
        var rested = false;
        house.Scheduler.Run(async () =>
        {
            await house.Start();
            await intake.Open(OpeningCommands.Of(files));
        });
        faults?.Begin();
        house.Scheduler.Run(intake.Bring);
        faults?.End();
        for (var until = house.Scheduler.Clock.Elapsed + restWithin; !rested && house.Scheduler.Clock.Elapsed < until;)
        {
            house.Scheduler.RunTo(house.Scheduler.Clock.Elapsed + Look);
            rested = IsAtRest();
        }

        house.ReadAlong();
        house.Checker.DemandKnown(intake.Accepted);
        var balance = house.Checker.Finish();
        FloorCheck.Compare(house.Plant, house.Checker);
        return new DayResult(
            house.Scheduler.Seed, faults?.Options.ToString() ?? "no faults", house.Digest.ToString(), house.Digest.Count,
            house.Scheduler.Steps, house.Scheduler.Clock.Elapsed, rested, house.Plant.Report(), balance, house.Checker,
            [.. intake.Exceptions], faults?.Fired ?? ImmutableSortedDictionary<string, long>.Empty, [.. Undelivered()]);
    }

    private bool IsAtRest() => house.Checker.AllOrdersRest && house.Plant.IsIdle && !Undelivered().Any();

    /// <summary>Effects that are under way, and returns that are still to come. Other deadlines (look again for stock, look after a light) may stay.</summary>
    private IEnumerable<string> Undelivered()
    {
        var now = Moment.Of(house.Scheduler.Clock.GetUtcNow());
        foreach (var effect in house.Store.Effects)
        {
            var later = effect.Target == effect.Id.From && effect.Due is { } due && due > now;
            if (!later || house.Codec.DecodeCommand(effect.Body.Span) is OrderCommand.ReturnArrived)
            {
                yield return $"{effect.Id} to {effect.Target}";
            }
        }
    }
}
