using Warehouse.Domain.Deciding;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Committing;

/// <summary>When the committer waits for company, and when it has enough.</summary>
public sealed class CommitterTests
{
    private const int Enough = 4;

    [Theory]
    [InlineData(2, 2)] // steps back for more, and once again after more came: nothing new then
    [InlineData(Enough, 0)]
    [InlineData(Enough + 3, 0)]
    public async Task It_steps_back_for_others_until_it_has_enough_company(int waiting, int stepsBack)
    {
        var steps = 0;
        var late = new TaskCompletionSource<AppendOutcome>();
        Committer committer = null!;
        committer = new Committer(new MemoryJournalStore(), new CommitterOptions
        {
            EnoughCompany = Enough,
            StepBack = () =>
            {
                if (++steps == 1)
                {
                    _ = Forward(committer.Commit(() => AppendOf("late"), () => 1), late);
                }

                return Task.CompletedTask;
            },
        });
        var outcomes = Enumerable.Range(1, waiting).Select(i => committer.Commit(() => AppendOf($"early-{i}"), () => 1)).ToArray();

        committer.Start();
        await Task.WhenAll(outcomes).Bound("all that was handed in");

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Landed, outcome.Result));
        Assert.Equal((stepsBack, 1), (steps, committer.Batches));
        await committer.Stop();
        Assert.Equal(stepsBack > 0, late.Task.IsCompletedSuccessfully);
    }

    private static Append AppendOf(string name) => new(StreamId.Of("jar", name), 1, new byte[] { 1 }, [], []);

    private static async Task Forward(Task<AppendOutcome> from, TaskCompletionSource<AppendOutcome> to) => to.SetResult(await from);
}
