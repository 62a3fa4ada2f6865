using System.Text.Json;
using Warehouse.Domain.Layout;

namespace Warehouse.Domain.Tests.Layout;

public sealed class PlannedLoadTests
{
    /// <summary>The sample: 11,636 and 7,976 lines arrive in ten hours; 1.2 lines a visit as counted on the sample.</summary>
    [Theory]
    [InlineData("MAIN", 1164)]
    [InlineData("NORTH", 798)]
    public void The_sample_floor_is_planned_below_the_limit(string id, int linesPerHour)
    {
        var load = PlannedLoad.Of(Sample(id), new(linesPerHour, 21, 1200), new());

        Assert.InRange(load.Busiest, 500, PlannedLoad.Limit);
    }

    [Fact]
    public void The_arithmetic_is_the_one_that_the_page_shows()
    {
        Assert.Equal(
            new PlannedLoad(18_377, 174_770, Stations: 531, Cranes: 707, Vehicles: 811, Docks: 686, OutPlaces: 775, InPlaces: 741),
            PlannedLoad.Of(Sample("MAIN"), new(1164, 21, 1200), new()));
        Assert.Equal(
            new PlannedLoad(18_377, 128_770, Stations: 485, Cranes: 678, Vehicles: 743, Docks: 531, OutPlaces: 585, InPlaces: 677),
            PlannedLoad.Of(Sample("NORTH"), new(798, 21, 1200), new()));
    }

    [Fact]
    public void More_of_a_resource_is_less_busy_and_nothing_else_changes_but_the_way()
    {
        var plan = Sample("MAIN");
        var demand = new FloorDemand(1164, 21, 1200);
        var load = PlannedLoad.Of(plan, demand, new());

        Assert.True(PlannedLoad.Of(plan with { Vehicles = plan.Vehicles + 10 }, demand, new()).Vehicles < load.Vehicles);
        Assert.Equal(load with { Vehicles = 0 }, PlannedLoad.Of(plan with { Vehicles = 60 }, demand, new()) with { Vehicles = 0 });
        Assert.True(PlannedLoad.Of(plan, demand with { LinesPerHour = 2000 }, new()).Busiest > PlannedLoad.Limit);
    }

    private static WarehousePlan Sample(string id)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "samples", "floor.json")))
        {
            directory = directory.Parent;
        }

        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory.FullName, "samples", "floor.json")));
        return file.RootElement.GetProperty("warehouses").EnumerateArray()
            .Select(one => one.Deserialize<WarehousePlan>(JsonSerializerOptions.Web)!)
            .Single(plan => plan.Id.Text == id);
    }
}
