using Warehouse.Domain.Fleet.Planning;

namespace Warehouse.Domain.Tests.Fleet.Planning;

/// <summary>Floors on which vehicles must make way: everybody gets there, each goal within the bound of its row.</summary>
public sealed class NarrowFloorTests
{
    public static TheoryData<string, string[], int[], int[], int> Floors => new()
    {
        { "swap past a passing place", ["...@...", ".......", "@@@.@@@"], [7, 13], [13, 7, 7, 13], 120 },
        { "corridor with one bay", ["@@@.@@@", "......."], [7, 13], [13, 7, 7, 13], 120 },
        { "corridor with bay, three vehicles", ["@@.@.@@@", "........"], [8, 9, 15], [15, 15, 8, 8, 9, 14], 200 },
        { "dead ends", [".@.@.@.", ".......", "@.@.@.@"], [0, 2, 4, 6], [15, 17, 19, 0, 2, 4, 6, 15, 17, 19], 400 },
        { "roundabout", ["@@.@@", "@...@", "..@..", "@...@", "@@.@@"], [2, 10, 14, 22], [22, 14, 10, 2, 2, 10, 14, 22], 120 },
        { "tree of corridors", ["..@..", "@...@", "@@.@@", "@...@", "..@.."], [0, 4, 20, 24], [24, 20, 4, 0, 0, 4, 20, 24], 200 },
    };

    [Theory]
    [MemberData(nameof(Floors))]
    public void Everybody_gets_there_within_the_bound(string name, string[] rows, int[] starts, int[] errands, int bound)
    {
        foreach (var options in new[] { new PlannerOptions(), new() { Improvements = 20 }, new() { Depth = 5 } })
        {
            var floor = new TestFloor(rows, starts, errands, options, bound).Run(2000);
            Assert.True(floor.Checker.FaultCount == 0, $"{name}: {string.Join(' ', floor.Checker.Faults)}");
            Assert.InRange(floor.Finished, starts.Length * 2000 / bound, int.MaxValue);
        }
    }
}
