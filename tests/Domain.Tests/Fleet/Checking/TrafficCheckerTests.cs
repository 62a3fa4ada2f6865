using Warehouse.Domain.Fleet.Checking;
using Warehouse.Domain.Tests.Fleet.Planning;

namespace Warehouse.Domain.Tests.Fleet.Checking;

/// <summary>Each row plants one fault in a step of two vehicles on a floor of three by two with one cell blocked.</summary>
public sealed class TrafficCheckerTests
{
    private static readonly string[] Rows = ["...", ".@."];

    public static TheoryData<string, (int, int)[], (int, int)[], TrafficFaultKind?> Steps => new()
    {
        { "both drive on", [(0, 0), (1, 0)], [(1, 0), (2, 0)], null },
        { "one turns, one stands", [(0, 0), (2, 1)], [(0, 3), (2, 1)], null },
        { "driving up", [(3, 3), (2, 1)], [(0, 3), (5, 1)], null },
        { "into a shelf", [(1, 1), (2, 1)], [(4, 1), (2, 1)], TrafficFaultKind.OffFloor },
        { "off the map", [(0, 2), (2, 1)], [(-1, 2), (2, 1)], TrafficFaultKind.OffFloor },
        { "two cells at once", [(0, 0), (5, 1)], [(2, 0), (5, 1)], TrafficFaultKind.NoSuchMove },
        { "backwards", [(1, 0), (2, 1)], [(0, 0), (2, 1)], TrafficFaultKind.NoSuchMove },
        { "sideways", [(0, 0), (2, 1)], [(3, 0), (2, 1)], TrafficFaultKind.NoSuchMove },
        { "turning while driving", [(0, 0), (2, 1)], [(1, 1), (2, 1)], TrafficFaultKind.NoSuchMove },
        { "half a turn", [(0, 0), (2, 1)], [(0, 2), (2, 1)], TrafficFaultKind.NoSuchMove },
        { "around the row's end", [(2, 0), (0, 0)], [(3, 0), (0, 0)], TrafficFaultKind.NoSuchMove },
        { "into one cell", [(0, 0), (2, 2)], [(1, 0), (1, 2)], TrafficFaultKind.Vertex },
        { "into one that stands", [(0, 0), (1, 0)], [(1, 0), (1, 0)], TrafficFaultKind.Vertex },
        { "exchange", [(0, 0), (1, 2)], [(1, 0), (0, 2)], TrafficFaultKind.Swap },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_is_judged(string name, (int, int)[] from, (int, int)[] to, TrafficFaultKind? kind)
    {
        var checker = new TrafficChecker(TestFloor.MapOf(Rows));
        checker.Look(from);
        checker.Look(to);
        Assert.Equal(kind is not null, checker.FaultCount > 0);
        Assert.True(kind is null || checker.Faults[0].Kind == kind, $"{name}: {string.Join(' ', checker.Faults)}");
    }

    [Fact]
    public void Following_is_a_fault_only_where_it_is_forbidden()
    {
        var checker = new TrafficChecker(TestFloor.MapOf(Rows), mayFollow: false);
        checker.Look([(0, 0), (1, 0)]);
        checker.Look([(1, 0), (2, 0)]);
        Assert.Equal(new TrafficFault(TrafficFaultKind.Follow, 1, 0, 1, 1), Assert.Single(checker.Faults));
    }

    [Fact]
    public void A_goal_that_is_kept_too_long_is_a_fault()
    {
        var checker = new TrafficChecker(TestFloor.MapOf(Rows), goalStepsMost: 3);
        for (var step = 0; step < 10; step++)
        {
            checker.Look([(0, 0), (2, 0)]);
            checker.Goals([7, step / 2]);
        }

        Assert.Equal(new TrafficFault(TrafficFaultKind.WaitedTooLong, 4, 0, -1, 0), Assert.Single(checker.Faults));
        Assert.Equal(9, checker.LongestGoal);
    }
}
