using Warehouse.Simulation.House;
using Warehouse.Simulation.Runs;

namespace Warehouse.Simulation.Tests.Runs;

public sealed class SmallDayTests
{
    [Fact]
    public void A_day_without_faults_ends_with_every_order_done_and_all_books_in_balance()
    {
        var result = Play(1);
        Assert.Empty(result.Failures);
        Assert.True(result.Balance.Holds);
        Assert.True(result.Balance.Shipped > 0);
    }

    [Fact]
    public void The_same_seed_lands_the_same_journal_and_another_seed_another_one()
    {
        Assert.Equal(Play(2).Digest, Play(2).Digest);
        Assert.NotEqual(Play(2).Digest, Play(3).Digest);
    }

    private static DayResult Play(ulong seed)
    {
        var files = SmallDay.Files(seed);
        return new DayRun(seed, files, SmallDay.Items(seed, files), new HouseOptions()).Play();
    }
}
