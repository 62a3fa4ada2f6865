namespace Warehouse.Simulation.Fleet;

/// <summary>A soak of one floor: how many vehicles, how long, and what goes wrong how often. Chances are per million.</summary>
public sealed record SoakOptions
{
    /// <summary>Vehicles for a hundred places of the floor.</summary>
    public int VehiclesPercent { get; init; } = 15;

    /// <summary>Drives after which no new tasks are given; then all must end.</summary>
    public long Moves { get; init; } = 20_000;

    /// <summary>Ticks between two plans.</summary>
    public int PlanEvery { get; init; } = 3;

    /// <summary>Steps that a plan looks ahead.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Ticks that one drive takes at most when nothing is wrong; each is drawn.</summary>
    public int DriveTicks { get; init; } = 3;

    /// <summary>That a drive takes many times as long.</summary>
    public int Late { get; init; } = 20_000;

    /// <summary>That a message is lost, either way.</summary>
    public int Lost { get; init; } = 50_000;

    /// <summary>That a vehicle breaks down within a tick and is silent for a while.</summary>
    public int Breakdown { get; init; } = 100;

    /// <summary>That a vehicle starts anew within a tick and has forgotten its order.</summary>
    public int Reboot { get; init; } = 100;

    /// <summary>That a person carries a standing vehicle elsewhere within a tick, so that it reports a node it does not have.</summary>
    public int Carried { get; init; } = 20;

    /// <summary>That the controller starts anew within a tick.</summary>
    public int Restart { get; init; } = 300;

    /// <summary>That a part of the floor is stopped within a tick, if none is.</summary>
    public int Stop { get; init; } = 500;

    /// <summary>How long what goes wrong lasts at most, in ticks.</summary>
    public int TroubleTicks { get; init; } = 200;

    /// <summary>The bound of a task: so many ticks.</summary>
    public int TaskTicks { get; init; } = 20_000;

    /// <summary>Nothing goes wrong.</summary>
    public SoakOptions Healed() => this with { Late = 0, Lost = 0, Breakdown = 0, Reboot = 0, Carried = 0, Restart = 0, Stop = 0 };
}

/// <summary>What a soak came to.</summary>
/// <param name="Map">The floor.</param>
/// <param name="Vehicles">How many drove there.</param>
/// <param name="Ticks">How long it took.</param>
/// <param name="Moves">Drives.</param>
/// <param name="Tasks">Tasks done.</param>
/// <param name="LongestTask">The longest of them, in ticks.</param>
/// <param name="Troubles">Breakdowns, reboots, carried vehicles, restarts and stops.</param>
/// <param name="Faults">What the checker found; must be empty.</param>
/// <param name="Digest">Of everything that happened: the same seed gives the same.</param>
public sealed record SoakResult(
    string Map, int Vehicles, long Ticks, long Moves, long Tasks, long LongestTask, long Troubles,
    IReadOnlyList<string> Faults, ulong Digest);
