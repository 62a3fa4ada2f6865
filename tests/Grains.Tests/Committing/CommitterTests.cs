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
            StepBack = wave =>
            {
                if (++steps == 1)
                {
                    _ = Forward(committer.Commit(() => AppendOf("late"), One), late);
                }

                return Task.CompletedTask;
            },
        });
        var outcomes = Enumerable.Range(1, waiting).Select(i => committer.Commit(() => AppendOf($"early-{i}"), One)).ToArray();

        committer.Start();
        await Task.WhenAll(outcomes).Bound("all that was handed in");

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Landed, outcome.Result));
        Assert.Equal((stepsBack, 1), (steps, committer.Batches));
        await committer.Stop();
        Assert.Equal(stepsBack > 0, late.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_nobody_waits_for_waits_for_an_append_that_somebody_does()
    {
        var steps = 0;
        Committer committer = null!;
        committer = new Committer(new MemoryJournalStore(), new CommitterOptions
        {
            StepBack = wave =>
            {
                if (++steps == 5)
                {
                    _ = committer.Commit(() => AppendOf("awaited"), One);
                }

                return Task.CompletedTask;
            },
        });
        var note = committer.Commit(() => AppendOf("note"), () => new AppendWeight(1, IsAwaited: false));

        committer.Start();
        await note.Bound("the note");

        Assert.Equal((6, 1), (steps, committer.Batches));
        await committer.Stop();
    }

    [Fact]
    public async Task What_nobody_waits_for_is_written_in_the_end_without_company()
    {
        var committer = new Committer(new MemoryJournalStore(), new CommitterOptions { StepBack = _ => Task.CompletedTask });
        var note = committer.Commit(() => AppendOf("note"), () => new AppendWeight(1, IsAwaited: false));

        committer.Start();

        Assert.Equal(AppendOutcome.Landed, await note.Bound("the note"));
        await committer.Stop();
    }

    [Fact]
    public async Task An_append_that_grows_is_news_as_much_as_another_append()
    {
        var (steps, commands) = (0, 1);
        var committer = new Committer(new MemoryJournalStore(), new CommitterOptions
        {
            StepBack = wave =>
            {
                commands += ++steps < 3 ? 1 : 0;
                return Task.CompletedTask;
            },
        });
        var growing = committer.Commit(() => AppendOf("growing"), () => new AppendWeight(commands, IsAwaited: true));
        var beside = committer.Commit(() => AppendOf("beside"), One);

        committer.Start();
        await Task.WhenAll(growing, beside).Bound("both");

        Assert.Equal((3, 3, 1), (steps, commands, committer.Batches));
        await committer.Stop();
    }

    private static AppendWeight One() => new(1, IsAwaited: true);

    private static Append AppendOf(string name) => new(StreamId.Of("jar", name), 1, new byte[] { 1 }, [], []);

    private static async Task Forward(Task<AppendOutcome> from, TaskCompletionSource<AppendOutcome> to) => to.SetResult(await from);
}
