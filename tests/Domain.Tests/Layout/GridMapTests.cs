using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Tests.Layout;

public sealed class GridMapTests
{
    private const string Small = "type octile\nheight 2\nwidth 3\nmap\n.@E\nS..\n";

    [Theory]
    [InlineData("", LayoutFaultKind.Malformed, 1, 1)]
    [InlineData("type hexagonal\n", LayoutFaultKind.Malformed, 1, 1)]
    [InlineData("type octile\nwidth 3\n", LayoutFaultKind.Missing, 2, 1)]
    [InlineData("type octile\nheight 0\n", LayoutFaultKind.TooLarge, 2, 8)]
    [InlineData("type octile\nheight 99999999999999\n", LayoutFaultKind.TooLarge, 2, 8)]
    [InlineData("type octile\nheight 2\nwidth -3\n", LayoutFaultKind.TooLarge, 3, 7)]
    [InlineData("type octile\nheight 4096\nwidth 4096\nmap\n", LayoutFaultKind.TooLarge, 3, 0)]
    [InlineData("type octile\nheight 2\nwidth 3\nmop\n", LayoutFaultKind.Malformed, 4, 1)]
    [InlineData("type octile\nheight 2\nwidth 3\nmap\n...\n", LayoutFaultKind.Missing, 6, 0)]
    [InlineData("type octile\nheight 2\nwidth 3\nmap\n...\n....\n", LayoutFaultKind.Malformed, 6, 0)]
    [InlineData("type octile\nheight 2\nwidth 3\nmap\n...\n.x.\n", LayoutFaultKind.Malformed, 6, 2)]
    [InlineData("type octile\nheight 1\nwidth 3\nmap\n...\n...\n", LayoutFaultKind.Malformed, 6, 0)]
    public void A_map_that_is_not_one_is_refused_with_its_place(string text, LayoutFaultKind kind, int line, int column)
    {
        var (map, fault) = GridMap.Read(text);
        Assert.Null(map);
        Assert.Equal((kind, line, column), (fault!.Kind, fault.Line, fault.Column));
        Assert.NotEmpty(fault.Reason);
    }

    [Fact]
    public void A_map_says_where_a_vehicle_can_stand_whatever_its_line_ends_are()
    {
        foreach (var text in new[] { Small, Small.Replace("\n", "\r\n", StringComparison.Ordinal), Small + "\n\n" })
        {
            var map = GridMap.Read(text).Map!;
            Assert.Equal((3, 2), (map.Width, map.Height));
            Assert.Equal([0, 2, 3, 4, 5], Enumerable.Range(0, 6).Where(map.IsFree));
        }
    }

    [Theory]
    [InlineData("", LayoutFaultKind.TooLarge, 1, 1)]
    [InlineData("100001\n", LayoutFaultKind.TooLarge, 1, 1)]
    [InlineData("# said\n2\n0\n", LayoutFaultKind.Missing, 4, 0)]
    [InlineData("1\nzero\n", LayoutFaultKind.Malformed, 2, 1)]
    [InlineData("1\n1\n", LayoutFaultKind.NotACell, 2, 1)]
    [InlineData("1\n6\n", LayoutFaultKind.NotACell, 2, 1)]
    [InlineData("1\n0,2\n", LayoutFaultKind.TooLarge, 2, 3)]
    [InlineData("2\n0\n0\n", LayoutFaultKind.Occupied, 3, 1)]
    public void Agents_that_cannot_stand_there_are_refused_with_their_place(
        string text, LayoutFaultKind kind, int line, int column)
    {
        var (cells, fault) = RunnersFile.ReadAgents(text, GridMap.Read(Small).Map!);
        Assert.Empty(cells);
        Assert.Equal((kind, line, column), (fault!.Kind, fault.Line, fault.Column));
    }

    [Fact]
    public void Tasks_are_cells_in_order()
    {
        var (tasks, fault) = RunnersFile.ReadTasks("# version\n2\n2,3\n5\n", GridMap.Read(Small).Map!);
        Assert.Null(fault);
        Assert.Equal(2, tasks.Length);
        Assert.Equal([2, 3], tasks[0].AsEnumerable());
        Assert.Equal([5], tasks[1].AsEnumerable());
    }
}
