using System.Collections.Immutable;
using Warehouse.Domain.Allocation;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Simulation.Samples;

namespace Warehouse.Simulation.Opening;

/// <summary>Where an order's parcel goes on the map, and the warehouses nearest to it first.</summary>
public sealed class SampleMap
{
    private readonly ImmutableArray<WarehouseSite> sites;
    private readonly ImmutableSortedDictionary<string, PlaceRow> places;

    /// <summary>The map of these places and warehouses.</summary>
    public SampleMap(IEnumerable<PlaceRow> geography, IEnumerable<WarehousePlan> floor)
    {
        places = geography.ToImmutableSortedDictionary(row => Key(row.Country, row.Area), row => row, StringComparer.Ordinal);
        sites = [.. floor.Select(plan => new WarehouseSite(plan.Id, plan.LatitudeMicrodegrees, plan.LongitudeMicrodegrees))];
    }

    /// <summary>The place of a country and postcode (the letters before its first digit count, in Great Britain only).</summary>
    public PlaceRow Locate(string country, string postcode)
    {
        var area = country == "GB" ? string.Concat(postcode.TakeWhile(char.IsAsciiLetter)).ToUpperInvariant() : string.Empty;
        return places.TryGetValue(Key(country, area), out var place)
            ? place
            : throw new FormatException($"no place is known for country {country}, postcode {postcode}");
    }

    /// <summary>All warehouses, nearest first.</summary>
    public ImmutableArray<WarehouseId> NearestFirst(PlaceRow place) =>
        NearestWarehouse.Rank(place.LatitudeMicrodegrees, place.LongitudeMicrodegrees, sites);

    private static string Key(string country, string area) => $"{country}/{area}";
}
