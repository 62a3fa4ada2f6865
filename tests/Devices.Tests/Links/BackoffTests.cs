using CsCheck;
using Warehouse.Devices.Links;

namespace Warehouse.Devices.Tests.Links;

public sealed class BackoffTests
{
    [Fact]
    public void Every_wait_lies_between_half_and_all_of_the_doubled_one_and_never_above_the_longest() =>
        Gen.Select(Gen.Int[1, 5_000], Gen.Int[1, 120_000], Gen.Int[1, 200], Gen.Int).Sample((first, longest, failures, seed) =>
        {
            var backoff = new Backoff(TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(longest));
            var full = Math.Min(longest, first * Math.Pow(2, Math.Min(failures - 1, 30)));
            var wait = backoff.After(failures, new Random(seed)).TotalMilliseconds;
            Assert.InRange(wait, (full / 2) - 0.001, full);
        });

    [Fact]
    public void The_same_seed_draws_the_same_waits() =>
        Assert.Equal(Waits(5), Waits(5));

    private static List<TimeSpan> Waits(int seed)
    {
        var chance = new Random(seed);
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        return [.. Enumerable.Range(1, 20).Select(failures => backoff.After(failures, chance))];
    }
}
