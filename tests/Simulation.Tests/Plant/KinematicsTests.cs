using Warehouse.Simulation.Plant;

namespace Warehouse.Simulation.Tests.Plant;

public sealed class KinematicsTests
{
    [Theory]
    [InlineData(0, 4000, 2000, 0)]
    [InlineData(8000, 4000, 2000, 4000)] // exactly reaches v: d/v + v/a = 2 + 2
    [InlineData(10_000, 4000, 2000, 4500)]
    [InlineData(-10_000, 4000, 2000, 4500)]
    [InlineData(2000, 4000, 2000, 2000)] // 2 * sqrt(d/a)
    [InlineData(500, 6000, 4000, 708)] // 2 * sqrt(0.125) = 0.7071
    public void An_axis_moves_from_rest_to_rest_in_its_closed_form(int distance, int speed, int acceleration, int expected) =>
        Assert.Equal(expected, Kinematics.AxisMilliseconds(distance, speed, acceleration));

    [Fact]
    public void More_way_never_takes_less_time()
    {
        var last = 0;
        for (var distance = 0; distance < 30_000; distance += 7)
        {
            var time = Kinematics.AxisMilliseconds(distance, 6000, 4000);
            Assert.True(time >= last, $"{distance} mm in {time} ms");
            last = time;
        }
    }

    [Fact]
    public void A_cranes_slower_axis_counts()
    {
        var speeds = new CraneSpeeds
        {
            TravelMillimetresPerSecond = 4000, TravelMillimetresPerSecondSquared = 2000,
            HoistMillimetresPerSecond = 1000, HoistMillimetresPerSecondSquared = 1000,
        };
        Assert.Equal(4500, Kinematics.CraneMilliseconds(speeds, along: 10_000, up: 1000));
        Assert.Equal(6000, Kinematics.CraneMilliseconds(speeds, along: 10_000, up: 5000));
    }

    [Theory]
    [InlineData(1500, 1500, 1000)]
    [InlineData(1501, 1500, 1001)]
    [InlineData(0, 1500, 0)]
    public void A_vehicle_drives_at_constant_speed(int distance, int speed, int expected) =>
        Assert.Equal(expected, Kinematics.DriveMilliseconds(distance, speed));
}
