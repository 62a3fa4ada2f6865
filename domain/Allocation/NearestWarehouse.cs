using System.Collections.Immutable;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Allocation;

/// <summary>Where a warehouse lies, in micro-degrees (WGS 84).</summary>
public sealed record WarehouseSite(WarehouseId Id, int LatitudeMicrodegrees, int LongitudeMicrodegrees);

/// <summary>
/// Ranks warehouses by distance from the customer, in whole numbers only: a degree of longitude is shortened by the
/// cosine of the customer's latitude (table below), and the sum of the squares is compared. The square root would
/// change nothing, and neither would the earth's roundness at the distances between warehouses of one shop.
/// samples/README.md prints the same formula, and an independent script works by it.
/// </summary>
public static class NearestWarehouse
{
    /// <summary>The cosine of 0, 1, ... 90 degrees times 1000, rounded.</summary>
    private static readonly ImmutableArray<int> CosPerMille =
    [
        1000, 1000, 999, 999, 998, 996, 995, 993, 990, 988, 985, 982, 978, 974, 970,
        966, 961, 956, 951, 946, 940, 934, 927, 921, 914, 906, 899, 891, 883, 875,
        866, 857, 848, 839, 829, 819, 809, 799, 788, 777, 766, 755, 743, 731, 719,
        707, 695, 682, 669, 656, 643, 629, 616, 602, 588, 574, 559, 545, 530, 515,
        500, 485, 469, 454, 438, 423, 407, 391, 375, 358, 342, 326, 309, 292, 276,
        259, 242, 225, 208, 191, 174, 156, 139, 122, 105, 87, 70, 52, 35, 17,
        0,
    ];

    /// <summary>The warehouses' ids, nearest first; what is equally far in the order of the ids.</summary>
    public static ImmutableArray<WarehouseId> Rank(
        int latitudeMicrodegrees, int longitudeMicrodegrees, IEnumerable<WarehouseSite> sites) =>
        [.. sites
            .OrderBy(site => SquaredDistance(latitudeMicrodegrees, longitudeMicrodegrees, site))
            .ThenBy(site => site.Id)
            .Select(site => site.Id)];

    /// <summary>The square of the distance, in square micro-degrees of latitude.</summary>
    public static long SquaredDistance(int latitudeMicrodegrees, int longitudeMicrodegrees, WarehouseSite site)
    {
        var degree = Math.Abs(latitudeMicrodegrees) / 1_000_000;
        var dLat = Math.Abs((long)latitudeMicrodegrees - site.LatitudeMicrodegrees);
        var dLon = Math.Abs((long)longitudeMicrodegrees - site.LongitudeMicrodegrees) * CosPerMille[degree] / 1000;
        return (dLat * dLat) + (dLon * dLon);
    }
}
