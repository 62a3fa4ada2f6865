using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Cranes;

/// <summary>
/// Which bin a tote gets. A new one gets the free bin nearest to the front. One that comes back goes home, unless it has
/// turned so often that it belongs to class A and its home is outside the zone of that class: then it moves into a free
/// bin of the zone (class-based storage by turnover, Hausman, Schwarz and Graves, Management Science 22(6), 1976).
/// </summary>
public static class CraneBins
{
    /// <summary>The zone of class A: this share of all bins, the nearest ones, in per mille.</summary>
    public const int ZonePermille = 200;

    /// <summary>A tote is of class A when it turned at least so often,</summary>
    public const int FewestTurns = 4;

    /// <summary>and at least so many times as often as the mean of those that came out at all.</summary>
    public const int TimesTheMean = 2;

    /// <summary>The bin for a tote; null when the rack is full.</summary>
    public static PlaceId? For(CraneState crane, Lpn lpn)
    {
        ArgumentNullException.ThrowIfNull(crane);
        return !crane.Bins.TryGetValue(lpn, out var home) ? NearestFree(crane)
            : IsOften(crane, lpn) && !Zone(crane).Contains(home)
                ? Zone(crane).Where(bin => IsFree(crane, bin)).Cast<PlaceId?>().FirstOrDefault() ?? home
            : home;
    }

    /// <summary>The free bin nearest to the front; null when there is none.</summary>
    public static PlaceId? NearestFree(CraneState crane, PlaceId? notInLaneOf = null)
    {
        ArgumentNullException.ThrowIfNull(crane);
        return All(crane)
            .Where(bin => IsFree(crane, bin) && bin != notInLaneOf && (notInLaneOf is not { } lane || Rack.Neighbour(lane, crane.Depth) != bin))
            .Cast<PlaceId?>().FirstOrDefault();
    }

    /// <summary>
    /// Nobody owns it, it is not closed, and its lane can be used: a rear bin with nothing in front of it, or a front bin
    /// whose rear one is taken and not wanted.
    /// </summary>
    private static bool IsFree(CraneState crane, PlaceId bin) =>
        !crane.Owners.ContainsKey(bin) && !crane.Closed.Contains(bin)
        && (Rack.Neighbour(bin, crane.Depth) is not { } other
            || (Rack.IsRear(bin)
                ? !crane.Owners.ContainsKey(other) && !crane.Closed.Contains(other)
                : crane.Closed.Contains(other)
                    || (crane.Owners.TryGetValue(other, out var behind) && !crane.HasJob(behind) && !crane.Out.Contains(behind))));

    private static bool IsOften(CraneState crane, Lpn lpn) =>
        crane.Turns.TryGetValue(lpn, out var turns) && turns >= FewestTurns
        && (long)turns * crane.Turns.Count >= TimesTheMean * crane.Turns.Values.Sum(one => (long)one);

    private static IEnumerable<PlaceId> Zone(CraneState crane) =>
        All(crane).Take(2 * crane.Columns * crane.Levels * crane.Depth * ZonePermille / 1000);

    private static IEnumerable<PlaceId> All(CraneState crane) =>
        Rack.Bins(crane.Aisle!.Value, crane.Columns, crane.Levels, crane.Depth).Select(bin => bin.Place);
}
