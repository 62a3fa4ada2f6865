using CsCheck;

namespace Warehouse.Domain.Tests.Fleet.Planning;

public sealed class FleetPlannerTests
{
    private static readonly string[] Shelves =
    [
        "..........",
        ".@@.@@.@@.",
        "..........",
        ".@@.@@.@@.",
        "..........",
        ".@@.@@.@@.",
        "..........",
    ];

    /// <summary>A map of up to twelve by twelve with a fifth blocked, vehicles on up to all of it, and errands anywhere.</summary>
    private static readonly Gen<(string[] Rows, int[] Starts, int[] Errands)> AnyFloor =
        from sides in Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12])
        from cells in Gen.Int[0, 4].Array[sides.Item1 * sides.Item2]
        let rows = Enumerable.Range(0, sides.Item1)
            .Select(row => string.Concat(Enumerable.Range(0, sides.Item2).Select(column =>
                cells[row * sides.Item2 + column] == 0 && row + column > 0 ? '@' : '.'))).ToArray()
        let free = TestFloor.FreePlaces(rows)
        from shuffled in Gen.Shuffle(free)
        from vehicles in Gen.Int[1, free.Length]
        from errands in Gen.Int[0, free.Length - 1].Array[50]
        select (rows, shuffled[..vehicles], errands.Select(at => free[at]).ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Nobody_collides_on_any_floor_however_full(int depth) => AnyFloor.Sample(
        floor => Assert.Empty(new TestFloor(floor.Rows, floor.Starts, floor.Errands, new() { Depth = depth, Improvements = 20 })
            .Run(30).Checker.Faults),
        iter: 60);

    [Fact]
    public void Nobody_enters_a_cell_as_it_is_left_where_that_is_forbidden() => AnyFloor.Sample(
        floor => Assert.Empty(new TestFloor(floor.Rows, floor.Starts, floor.Errands, new() { MayFollow = false, Improvements = 20 })
            .Run(30).Checker.Faults),
        iter: 100);

    [Fact]
    public void Two_in_a_corridor_of_two_cells_stand_for_ever_and_never_exchange()
    {
        var floor = new TestFloor([".."], [0, 1], [1, 0]).Run(100);
        Assert.Empty(floor.Checker.Faults);
        Assert.Equal(0, floor.Finished);
    }

    [Fact]
    public void A_ring_full_but_for_one_cell_turns()
    {
        string[] ring = ["...", ".@.", "..."];
        var floor = new TestFloor(ring, [0, 1, 2, 5, 8, 7, 6], [1, 2, 5, 8, 7, 6, 3, 0]).Run(300);
        Assert.Empty(floor.Checker.Faults);
        Assert.InRange(floor.Finished, 1000, 2100);
    }

    [Fact]
    public void A_busy_floor_gets_its_errands_done()
    {
        var free = TestFloor.FreePlaces(Shelves);
        var floor = new TestFloor(Shelves, free[..20], [.. Enumerable.Range(0, 400).Select(i => free[i * 31 % free.Length])]).Run(400);
        Assert.Empty(floor.Checker.Faults);
        Assert.InRange(floor.Finished, 450, 1000);
        Assert.InRange(floor.Checker.LongestGoal, 1, 100);
    }

    [Fact]
    public void The_same_seed_makes_the_same_plan()
    {
        var free = TestFloor.FreePlaces(Shelves);
        int[] errands = [.. Enumerable.Range(0, 400).Select(i => free[i * 31 % free.Length])];
        List<int> Run(ulong seed) => new TestFloor(Shelves, free[..20], errands, new() { Improvements = 50, Seed = seed }).Run(100).Trace;
        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }
}
