using CsCheck;
using Warehouse.Domain.Cranes.Sequencing;

namespace Warehouse.Domain.Tests.Cranes.Sequencing;

public sealed class SequencingTests
{
    private static readonly Gen<RackPoint> Point = Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], (along, up) => new RackPoint(along, up));

    private static Gen<DualCommandProblem> Problems(int retrievals, int slots) => Gen.Select(
        Point.Array[1, retrievals], Point.Array[1, slots],
        (wanted, open) => new DualCommandProblem(default, [.. wanted], [.. open], Travel.Chebyshev));

    [Fact]
    public void Every_retrieval_is_done_once_and_every_store_finds_its_slot_open() => Problems(30, 6).Sample(problem =>
    {
        var plan = DualCommandSequencer.Plan(problem, 1, kicks: 3);
        Assert.Equal(Enumerable.Range(0, problem.Retrievals.Length), plan.Commands.Select(command => command.Retrieval).Order());
        var open = Enumerable.Range(0, problem.OpenSlots.Length).ToHashSet();
        foreach (var command in plan.Commands)
        {
            Assert.True(open.Remove(command.Slot), $"slot {command.Slot} is not open");
            open.Add(problem.OpenSlots.Length + command.Retrieval);
        }

        Assert.Equal(plan.Commands.Sum(problem.TimeOf), plan.Total);
        Assert.InRange(plan.LowerBound, 0, plan.Total);
    }, iter: 300);

    [Fact]
    public void Small_blocks_are_as_short_as_the_best_of_all_orders() => Problems(5, 2).Sample(problem =>
    {
        var plan = DualCommandSequencer.Plan(problem, 1, kicks: 60);
        Assert.Equal(Best(problem, [], 0, long.MaxValue), plan.Total);
    }, iter: 100);

    [Fact]
    public void The_same_seed_gives_the_same_plan() => Problems(25, 4).Sample(problem =>
        Assert.True(DualCommandSequencer.Plan(problem, 9).Commands.SequenceEqual(DualCommandSequencer.Plan(problem, 9).Commands)), iter: 20);

    [Fact]
    public void The_bound_is_the_cheapest_assignment_of_slots_of_their_own() => Problems(4, 3).Sample(problem =>
        Assert.Equal(Cheapest(problem, 0, 0), DualCommandSequencer.Plan(problem, 1, kicks: 0).LowerBound), iter: 200);

    [Fact]
    public void A_block_of_fifty_with_five_slots_is_near_its_bound()
    {
        var (total, bound) = (0L, 0L);
        var draw = new Random(5);
        for (var block = 0; block < 20; block++)
        {
            RackPoint Drawn() => new(draw.Next(1_000_000), draw.Next(1_000_000));
            var plan = DualCommandSequencer.Plan(
                new(default, [.. Enumerable.Range(0, 50).Select(_ => Drawn())], [.. Enumerable.Range(0, 5).Select(_ => Drawn())], Travel.Chebyshev), 1);
            (total, bound) = (total + plan.Total, bound + plan.LowerBound);
        }

        Assert.InRange(total, bound, bound + (bound * 12 / 1000));
    }

    [Fact]
    public void A_request_that_is_nearly_due_goes_before_a_nearer_one()
    {
        WaitingRetrieval[] waiting = [new(new(900, 900), 4000), new(new(100, 100), 90_000)];
        Assert.Equal(0, LiveSequence.Next(default, [.. waiting], [new(100, 120)], Travel.Chebyshev, 1500, 2000).Retrieval);
        Assert.Equal(1, LiveSequence.Next(default, [.. waiting], [new(100, 120)], Travel.Chebyshev, 0, 2000).Retrieval);
    }

    [Fact]
    public void A_block_without_an_open_slot_is_refused() =>
        Assert.Throws<ArgumentException>(() => DualCommandSequencer.Plan(new(default, [default], [], Travel.Chebyshev), 1));

    private static long Best(DualCommandProblem problem, List<DualCommand> done, long so, long best)
    {
        if (so >= best || done.Count == problem.Retrievals.Length)
        {
            return Math.Min(so, best);
        }

        for (var retrieval = 0; retrieval < problem.Retrievals.Length; retrieval++)
        {
            for (var slot = 0; slot < problem.OpenSlots.Length + problem.Retrievals.Length; slot++)
            {
                var opened = slot < problem.OpenSlots.Length || done.Any(one => one.Retrieval == slot - problem.OpenSlots.Length);
                if (!opened || done.Any(one => one.Slot == slot || one.Retrieval == retrieval))
                {
                    continue;
                }

                done.Add(new DualCommand(slot, retrieval));
                best = Best(problem, done, so + problem.TimeOf(done[^1]), best);
                done.RemoveAt(done.Count - 1);
            }
        }

        return best;
    }

    private static long Cheapest(DualCommandProblem problem, int retrieval, int taken) => retrieval == problem.Retrievals.Length
        ? 0
        : Enumerable.Range(0, problem.OpenSlots.Length + problem.Retrievals.Length)
            .Where(slot => (taken >> slot & 1) == 0 && slot != problem.OpenSlots.Length + retrieval)
            .Min(slot => problem.TimeOf(new DualCommand(slot, retrieval)) + Cheapest(problem, retrieval + 1, taken | (1 << slot)));
}
