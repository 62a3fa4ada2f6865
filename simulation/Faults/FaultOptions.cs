using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Faults;

/// <summary>
/// Which faults strike in a run, and how often. Drawn from the seed so that runs differ in kind and not only in detail:
/// a mistake that many kills hide may show under one. Rates are per million; 0 is never.
/// </summary>
/// <param name="Kills">Process kills in the run.</param>
/// <param name="StepsBetweenKills">Most turns between two kills.</param>
/// <param name="SecondActivations">Times that a stream is made active twice.</param>
/// <param name="Call">Of calls between streams: late, lost, repeated, timed out, each.</param>
/// <param name="Write">Of writes: failed before, failed after success, arriving late, each.</param>
/// <param name="Stalls">Times that the store stands still for seconds.</param>
/// <param name="Message">Of device messages: lost, twice, late, each.</param>
/// <param name="Cuts">Times that the link of house or floor is lost.</param>
/// <param name="CraneCall">Of calls to cranes: lost, answer lost, each.</param>
/// <param name="Reboots">Times that a tag loses its power.</param>
/// <param name="DamagedSnapshots">Times that a snapshot is damaged or deleted.</param>
/// <param name="Short">Of lines: fewer units there than the book says.</param>
public sealed record FaultOptions(
    int Kills, int StepsBetweenKills, int SecondActivations, int Call, int Write, int Stalls, int Message, int Cuts, int CraneCall,
    int Reboots, int DamagedSnapshots, int Short)
{
    /// <summary>The faults of a seed: each kind is on in two of three runs.</summary>
    public static FaultOptions Of(ulong seed)
    {
        var chance = new Chance(seed).For("which faults");
        int Drawn(int least, int most) => chance.Below(3) == 0 ? 0 : chance.Between(least, most);
        return new FaultOptions(
            Kills: Drawn(1, 6), StepsBetweenKills: chance.Between(500, 20_000), SecondActivations: Drawn(1, 30),
            Call: Drawn(500, 10_000), Write: Drawn(500, 10_000), Stalls: Drawn(1, 5), Message: Drawn(500, 30_000), Cuts: Drawn(1, 6),
            CraneCall: Drawn(5_000, 50_000), Reboots: Drawn(1, 10), DamagedSnapshots: Drawn(1, 20), Short: Drawn(10_000, 150_000));
    }
}
