using System.Collections.Immutable;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Simulation.Samples;

namespace Warehouse.Simulation.Opening;

/// <summary>
/// Where an order's parcel goes on the map, and the warehouses nearest first, by the integer arithmetic that
/// <c>samples/README.md</c> states.
/// </summary>
public sealed class NearestFirst
{
    private static readonly ImmutableArray<int> CosinePerMille =
    [
        1000, 1000, 999, 999, 998, 996, 995, 993, 990, 988, 985, 982, 978, 974, 970, 966, 961, 956, 951, 946, 940, 934, 927, 921,
        914, 906, 899, 891, 883, 875, 866, 857, 848, 839, 829, 819, 809, 799, 788, 777, 766, 755, 743, 731, 719, 707, 695, 682, 669,
        656, 643, 629, 616, 602, 588, 574, 559, 545, 530, 515, 500, 485, 469, 454, 438, 423, 407, 391, 375, 358, 342, 326, 309, 292,
        276, 259, 242, 225, 208, 191, 174, 156, 139, 122, 105, 87, 70, 52, 35, 17, 0,
    ];

    private readonly ImmutableArray<WarehousePlan> floor;
    private readonly ImmutableSortedDictionary<string, PlaceRow> places;

    /// <summary>The map of these places and warehouses.</summary>
    public NearestFirst(IEnumerable<PlaceRow> geography, IEnumerable<WarehousePlan> floor)
    {
        places = geography.ToImmutableSortedDictionary(row => Key(row.Country, row.Area), row => row, StringComparer.Ordinal);
        this.floor = [.. floor];
    }

    /// <summary>The place of a country and postcode (the letters before its first digit count, in Great Britain only).</summary>
    public PlaceRow Locate(string country, string postcode)
    {
        var area = country == "GB" ? string.Concat(postcode.TakeWhile(char.IsAsciiLetter)).ToUpperInvariant() : string.Empty;
        return places.TryGetValue(Key(country, area), out var place)
            ? place
            : throw new FormatException($"no place is known for country {country}, postcode {postcode}");
    }

    /// <summary>All warehouses, nearest first; ties by id.</summary>
    public ImmutableArray<WarehouseId> From(PlaceRow place) =>
        [.. floor.OrderBy(warehouse => Squared(place, warehouse)).ThenBy(warehouse => warehouse.Id).Select(warehouse => warehouse.Id)];

    private static long Squared(PlaceRow place, WarehousePlan warehouse)
    {
        var degree = Math.Abs(place.LatitudeMicrodegrees) / 1_000_000;
        long latitude = Math.Abs(place.LatitudeMicrodegrees - warehouse.LatitudeMicrodegrees);
        var longitude = Math.Abs((long)place.LongitudeMicrodegrees - warehouse.LongitudeMicrodegrees) * CosinePerMille[degree] / 1000;
        return (latitude * latitude) + (longitude * longitude);
    }

    private static string Key(string country, string area) => $"{country}/{area}";
}
