using Warehouse.Domain.Allocation;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Tests.Allocation;

public class NearestWarehouseTests
{
    [Fact]
    public void A_degree_of_longitude_is_shorter_in_the_north()
    {
        var east = Site("EAST", 60_000_000, 3_000_000);
        var south = Site("SOUTH", 58_000_000, 0);

        Assert.Equal(["EAST", "SOUTH"], Rank(60_000_000, 0, south, east));
        Assert.Equal(["SOUTH", "EAST"], Rank(0, 0, Site("EAST", 0, 3_000_000), Site("SOUTH", 2_000_000, 0)));
    }

    [Fact]
    public void The_formula_is_the_one_of_the_samples() =>
        // degree 51: dLat 1,000,000; dLon 2,000,000 * 629 / 1000 = 1,258,000
        Assert.Equal(
            1_000_000_000_000 + (1_258_000L * 1_258_000L),
            NearestWarehouse.SquaredDistance(51_500_000, -1_000_000, Site("X", 52_500_000, 1_000_000)));

    [Fact]
    public void What_is_equally_far_stands_in_the_order_of_its_id() =>
        Assert.Equal(["A", "B"], Rank(10, 10, Site("B", 10, 10), Site("A", 10, 10)));

    [Fact]
    public void The_ends_of_the_earth_do_not_overflow() =>
        Assert.True(NearestWarehouse.SquaredDistance(-90_000_000, 180_000_000, Site("X", 90_000_000, -180_000_000)) > 0);

    private static WarehouseSite Site(string id, int latitude, int longitude) => new(new WarehouseId(id), latitude, longitude);

    private static string[] Rank(int latitude, int longitude, params WarehouseSite[] sites) =>
        [.. NearestWarehouse.Rank(latitude, longitude, sites).Select(id => id.Text)];
}
