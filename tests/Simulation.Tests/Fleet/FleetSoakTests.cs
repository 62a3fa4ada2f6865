using Warehouse.Simulation.Fleet;

namespace Warehouse.Simulation.Tests.Fleet;

public sealed class FleetSoakTests
{
    public static TheoryData<string> Maps => [.. SoakMap.All(1).Select(map => map.Name)];

    [Theory]
    [MemberData(nameof(Maps))]
    public void Vehicles_neither_touch_nor_block_each_other_whatever_is_late_lost_broken_or_carried_away(string name)
    {
        var result = FleetSoak.Run(SoakMap.All(1).Single(map => map.Name == name), seed: 1, new SoakOptions { Moves = 15_000 });

        Assert.Empty(result.Faults);
        Assert.True(result.Moves >= 15_000, $"{result.Moves} moves");
        Assert.True(result.Tasks > 0 && result.Troubles > 0, $"{result.Tasks} tasks, {result.Troubles} troubles");
    }

    [Fact]
    public void The_same_seed_drives_the_same_way_and_another_one_another()
    {
        var options = new SoakOptions { Moves = 500 };

        Assert.Equal(Corridor(3, options).Digest, Corridor(3, options).Digest);
        Assert.NotEqual(Corridor(3, options).Digest, Corridor(4, options).Digest);
    }

    [Fact]
    public void A_task_beyond_its_bound_is_found()
    {
        var result = Corridor(1, new SoakOptions { Moves = 500, TaskTicks = 2 });

        Assert.Contains("should have been at", result.Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_checker_sees_two_vehicles_in_one_place_and_a_drive_where_no_way_is()
    {
        var checker = new DriveChecker([">.", ".#"], 2);
        checker.Put(0, (0, 0), first: true);
        checker.Put(1, (0, 1), first: true);

        checker.Departs(0, (0, 1), 7);
        checker.Departs(1, (1, 1), 8);

        Assert.Equal(2, checker.Faults.Count);
        Assert.Contains("drives into vehicle 1", checker.Faults[0], StringComparison.Ordinal);
        Assert.Contains("where no way is", checker.Faults[1], StringComparison.Ordinal);
    }

    private static SoakResult Corridor(ulong seed, SoakOptions options) =>
        FleetSoak.Run(SoakMap.All(seed).Single(map => map.Name == "corridor"), seed, options);
}
