using Warehouse.Domain.Fleet.Planning;

namespace Warehouse.Domain.Tests.Fleet.Planning;

public sealed class MissionAssignerTests
{
    private const int Columns = 21;

    private readonly MoveGraph graph;
    private readonly DistanceTables distances;
    private readonly DistanceTables from;

    public MissionAssignerTests()
    {
        var map = TestFloor.MapOf([new string('.', Columns), new string('.', Columns)]);
        graph = MoveGraph.OfGrid(map);
        distances = new(graph, MoveCosts.Plain(graph), 1 << 20);
        from = DistanceTables.From(graph, MoveCosts.Plain(graph), 1 << 20);
    }

    [Fact]
    public void Each_vehicle_goes_to_the_pick_up_nearest_to_it_and_then_to_its_drop()
    {
        var (assigner, fleet) = Made(2, 2, 0, 20);
        assigner.Open(0, Cell(18), Cell(10), 0);
        assigner.Open(1, Cell(3), Cell(11), 0);
        assigner.Assign(fleet, 0);
        Assert.Equal([Cell(3), Cell(18)], fleet.Goals);
        Assert.Equal([Cell(11), Cell(10)], fleet.NextGoals);

        List<int> finished = [];
        Put(fleet, 3, 20);
        assigner.Arrived(fleet, finished);
        assigner.Assign(fleet, 1);
        Assert.Equal([Cell(11), Cell(18)], fleet.Goals);
        Put(fleet, 11, 20);
        assigner.Arrived(fleet, finished);
        Assert.Equal([1], finished);
    }

    [Fact]
    public void A_vehicle_on_its_way_changes_to_a_better_mission_but_not_once_it_carries()
    {
        var (assigner, fleet) = Made(1, 2, 0);
        assigner.Open(0, Cell(15), Cell(16), 0);
        assigner.Assign(fleet, 0);
        Assert.Equal(Cell(15), fleet.Goals[0]);
        assigner.Open(1, Cell(2), Cell(3), 0);
        assigner.Assign(fleet, 1);
        Assert.Equal(Cell(2), fleet.Goals[0]);

        Put(fleet, 2);
        assigner.Arrived(fleet, []);
        assigner.Assign(fleet, 2);
        Assert.Equal((Cell(3), true), (fleet.Goals[0], assigner.Carries(0)));
    }

    [Fact]
    public void Two_that_would_cross_exchange_their_missions()
    {
        var (assigner, fleet) = Made(2, 2, 0, 20);
        assigner.Open(0, Cell(18), Cell(17), 0);
        assigner.Assign(fleet, 0);
        assigner.Open(1, Cell(2), Cell(3), 0);
        assigner.Assign(fleet, 1);
        assigner.Assign(fleet, 2);
        Assert.Equal([Cell(2), Cell(18)], fleet.Goals);
    }

    /// <summary>A far mission, and a near one that comes again as soon as it is done, for ever: the far one's turn comes within the bound.</summary>
    [Fact]
    public void A_far_mission_is_not_put_off_beyond_the_bound_however_many_near_ones_come()
    {
        var options = new AssignerOptions { AgeingPerHundredSteps = 50, LengthPercent = 100 };
        var (assigner, fleet) = Made(options, 1, 2, 0);
        var bound = assigner.WaitingMost(dearest: (Columns + 4) * MoveCosts.Drive);
        assigner.Open(0, Cell(20), Cell(0), 0);
        assigner.Open(1, Cell(0), Cell(1), 0);
        List<int> finished = [];
        for (var step = 0; step <= bound; step++)
        {
            assigner.Assign(fleet, step);
            if (fleet.Goals[0] == Cell(20))
            {
                Assert.InRange(step, bound / 10, bound);
                return;
            }

            fleet.States[0] = fleet.Goals[0] * MoveGraph.Headings;
            assigner.Arrived(fleet, finished);
            foreach (var mission in finished)
            {
                assigner.Open(mission, Cell(0), Cell(1), step);
            }

            finished.Clear();
        }

        Assert.Fail($"not within {bound} steps");
    }

    private int Cell(int column) => graph.CellAt(column);

    private void Put(FleetView fleet, params int[] columns)
    {
        for (var vehicle = 0; vehicle < columns.Length; vehicle++)
        {
            fleet.States[vehicle] = Cell(columns[vehicle]) * MoveGraph.Headings;
        }
    }

    private (MissionAssigner Assigner, FleetView Fleet) Made(int vehicles, int missions, params int[] columns) =>
        Made(new AssignerOptions { ReviewSteps = 1 }, vehicles, missions, columns);

    private (MissionAssigner Assigner, FleetView Fleet) Made(AssignerOptions options, int vehicles, int missions, params int[] columns)
    {
        var fleet = new FleetView(vehicles);
        Put(fleet, columns);
        return (new(distances, from, graph.Cells, vehicles, missions, options), fleet);
    }
}
