using System.Collections.Immutable;
using Warehouse.Domain.Fleet.Planning;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// Turns a plan in which vehicles may follow each other within a step into one in which every visit has a place of its
/// own: of a chain of followers the first goes first. Vehicles that would rotate in a ring within one step have no first:
/// they stay where they are, and so does whoever the plan has coming to them. A vehicle stays at its goal as well, even
/// where the plan has it driving through: it is there when it has reported, not before.
/// </summary>
internal sealed class PlanRanks
{
    private const int Unseen = 0;
    private const int Open = 1;
    private const int Stays = -1;
    private const int Goes = 2;

    private readonly StepPlan plan;
    private readonly ReadOnlyMemory<int> goals;
    private readonly SortedDictionary<int, int> there = [];
    private readonly bool[] ended;
    private readonly int[] seen;
    private readonly int[] place;
    private readonly ImmutableArray<(int Cell, int Rank)>.Builder[] visits;
    private int step;

    private PlanRanks(StepPlan plan, ReadOnlyMemory<int> goals)
    {
        (this.plan, this.goals) = (plan, goals);
        ended = new bool[plan.Vehicles];
        seen = new int[plan.Vehicles];
        place = new int[plan.Vehicles];
        visits = [.. Enumerable.Range(0, plan.Vehicles).Select(_ => ImmutableArray.CreateBuilder<(int, int)>())];
        for (var vehicle = 0; vehicle < plan.Vehicles; vehicle++)
        {
            there.Add(plan.Cell(vehicle, 0), vehicle);
        }
    }

    /// <summary>For each vehicle the cells that it comes to and their ranks, which rise along every wait.</summary>
    public static ImmutableArray<ImmutableArray<(int Cell, int Rank)>> Of(StepPlan plan, ReadOnlyMemory<int> goals)
    {
        var ranks = new PlanRanks(plan, goals);
        for (ranks.step = 1; ranks.step <= plan.Horizon; ranks.step++)
        {
            ranks.Step();
        }

        return [.. ranks.visits.Select(one => one.ToImmutable())];
    }

    private void Step()
    {
        Array.Clear(seen);
        for (var vehicle = 0; vehicle < plan.Vehicles; vehicle++)
        {
            if (seen[vehicle] == Unseen && Moves(vehicle))
            {
                Follow(vehicle);
            }
        }

        for (var vehicle = 0; vehicle < plan.Vehicles; vehicle++)
        {
            if (seen[vehicle] == Goes)
            {
                there.Remove(plan.Cell(vehicle, step - 1));
            }
        }

        for (var vehicle = 0; vehicle < plan.Vehicles; vehicle++)
        {
            if (seen[vehicle] == Goes)
            {
                there.Add(plan.Cell(vehicle, step), vehicle);
                visits[vehicle].Add((plan.Cell(vehicle, step), step * (plan.Vehicles + 1) + place[vehicle]));
            }

            ended[vehicle] |= seen[vehicle] == Stays
                || (seen[vehicle] == Goes && plan.Cell(vehicle, step) == goals.Span[vehicle]);
        }
    }

    private bool Moves(int vehicle) => !ended[vehicle] && plan.Cell(vehicle, step) != plan.Cell(vehicle, step - 1);

    /// <summary>Along the chain of whom each one follows to its first, then back.</summary>
    private void Follow(int vehicle)
    {
        var chain = new List<int>();
        var (at, outcome, behind) = (vehicle, Goes, -1);
        while (true)
        {
            if (seen[at] == Unseen && Moves(at))
            {
                seen[at] = Open;
                chain.Add(at);
                if (!there.TryGetValue(plan.Cell(at, step), out at))
                {
                    break; // the first of the chain drives to a free cell
                }
            }
            else
            {
                // Whoever is met again within this walk closes a ring; whoever does not move is in the way.
                (outcome, behind) = seen[at] == Goes ? (Goes, place[at]) : (Stays, behind);
                break;
            }
        }

        for (var i = chain.Count - 1; i >= 0; i--)
        {
            seen[chain[i]] = outcome;
            place[chain[i]] = ++behind;
        }
    }
}
