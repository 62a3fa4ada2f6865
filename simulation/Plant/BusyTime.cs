namespace Warehouse.Simulation.Plant;

/// <summary>How long something has been at work, in milliseconds of the floor's clock.</summary>
public sealed class BusyTime
{
    private long total;
    private long since = -1;

    /// <summary>Work began (or goes on).</summary>
    public void Begin(long now) => since = since < 0 ? now : since;

    /// <summary>Work ended.</summary>
    public void End(long now)
    {
        total = Until(now);
        since = -1;
    }

    /// <summary>The work so far.</summary>
    public long Until(long now) => since < 0 ? total : total + now - since;
}

/// <summary>How much of its time each machine and picker has worked, in per mille, between two times.</summary>
/// <param name="Milliseconds">The span measured.</param>
/// <param name="Stations">By station.</param>
/// <param name="Cranes">By aisle.</param>
/// <param name="Vehicles">By vehicle: from taking an order to its last action.</param>
public sealed record PlantReport(
    long Milliseconds, IReadOnlyList<(string Name, int PerMille)> Stations, IReadOnlyList<(string Name, int PerMille)> Cranes,
    IReadOnlyList<(string Name, int PerMille)> Vehicles)
{
    /// <summary>One line a kind: mean and most.</summary>
    public override string ToString() =>
        $"stations {Summary(Stations)}; cranes {Summary(Cranes)}; vehicles {Summary(Vehicles)}";

    private static string Summary(IReadOnlyList<(string Name, int PerMille)> all) => all.Count == 0
        ? "none"
        : FormattableString.Invariant($"mean {all.Sum(one => one.PerMille) / all.Count / 10} %, most {all.Max(one => one.PerMille) / 10} % ({all.MaxBy(one => one.PerMille).Name})");
}
