using System.Globalization;
using Warehouse.Domain.Cranes;

namespace Warehouse.Domain.Layout;

/// <summary>The bins of an aisle: two sides of columns times levels, and where they are for the crane.</summary>
public static class Rack
{
    /// <summary>From column to column: a tote of 400 mm, lengthways into the rack, and its clearance.</summary>
    public const int ColumnMillimetres = 500;

    /// <summary>From level to level: a tote of 320 mm and its clearance.</summary>
    public const int LevelMillimetres = 400;

    /// <summary>
    /// All bins, the one nearest to the front first: a level counts as two columns, because hoisting is slower than
    /// driving. Of a lane that is two deep, the rear bin comes first.
    /// </summary>
    public static IEnumerable<RackBin> Bins(AisleId aisle, int columns, int levels, int depth = 1) =>
        from reach in Enumerable.Range(3, columns + 2 * levels - 2)
        from column in Enumerable.Range(1, columns)
        let level = (reach - column) / 2
        where level >= 1 && level <= levels && column + 2 * level == reach
        from side in "LR"
        from back in Enumerable.Range(0, depth)
        select BinAt(aisle, side, column, level, depth - back);

    private const int LabelLength = 8;
    private const string Rear = "-2";

    /// <summary>The place of a bin, <c>MAIN/A01/bin/L-012-05</c>.</summary>
    public static PlaceId Bin(AisleId aisle, char side, int column, int level) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{aisle.Text}/bin/{side}-{column:000}-{level:00}"));

    /// <summary>The bin in front of a rear one, and behind a front one that has one; null when there is none.</summary>
    public static PlaceId? Neighbour(PlaceId bin, int depth) =>
        depth < 2 ? null
        : IsRear(bin) ? new PlaceId(bin.Text[..^Rear.Length]) : new PlaceId(bin.Text + Rear);

    /// <summary>True for the rear bin of a lane that is two deep.</summary>
    public static bool IsRear(PlaceId bin) =>
        bin.Text.Length - bin.Text.LastIndexOf('/') - 1 == LabelLength + Rear.Length;

    /// <summary>A bin's place taken apart; null when the place is no bin of this aisle.</summary>
    public static RackBin? Find(AisleId aisle, int columns, int levels, PlaceId place, int depth = 1)
    {
        var before = aisle.Text + "/bin/";
        if (place.Text is not { } text
            || (text.Length != before.Length + LabelLength && (depth < 2 || text.Length != before.Length + LabelLength + Rear.Length))
            || !text.StartsWith(before, StringComparison.Ordinal))
        {
            return null;
        }

        var label = text.AsSpan(before.Length);
        return label[0] is 'L' or 'R'
            && int.TryParse(label[2..5], NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            && int.TryParse(label[6..LabelLength], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && column >= 1 && column <= columns && level >= 1 && level <= levels
            && BinAt(aisle, label[0], column, level, label.Length == LabelLength ? 1 : 2) is var bin && bin.Place == place
                ? bin
                : null;
    }

    private static RackBin BinAt(AisleId aisle, char side, int column, int level, int deep) =>
        new(deep == 1 ? Bin(aisle, side, column, level) : new(Bin(aisle, side, column, level).Text + Rear), side, column, level,
            column * ColumnMillimetres, (level - 1) * LevelMillimetres);
}
