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

    /// <summary>All bins, the one nearest to the front first: a level counts as two columns, because hoisting is slower than driving.</summary>
    public static IEnumerable<RackBin> Bins(AisleId aisle, int columns, int levels) =>
        from reach in Enumerable.Range(3, columns + 2 * levels - 2)
        from column in Enumerable.Range(1, columns)
        let level = (reach - column) / 2
        where level >= 1 && level <= levels && column + 2 * level == reach
        from side in "LR"
        select BinAt(aisle, side, column, level);

    /// <summary>The place of a bin, <c>MAIN/A01/bin/L-012-05</c>.</summary>
    public static PlaceId Bin(AisleId aisle, char side, int column, int level) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{aisle.Text}/bin/{side}-{column:000}-{level:00}"));

    /// <summary>A bin's place taken apart; null when the place is no bin of this aisle.</summary>
    public static RackBin? Find(AisleId aisle, int columns, int levels, PlaceId place)
    {
        var before = aisle.Text + "/bin/";
        if (place.Text is not { } text || text.Length != before.Length + 8 || !text.StartsWith(before, StringComparison.Ordinal))
        {
            return null;
        }

        var label = text.AsSpan(before.Length);
        return label[0] is 'L' or 'R'
            && int.TryParse(label[2..5], NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            && int.TryParse(label[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && column >= 1 && column <= columns && level >= 1 && level <= levels
            && BinAt(aisle, label[0], column, level) is var bin && bin.Place == place
                ? bin
                : null;
    }

    private static RackBin BinAt(AisleId aisle, char side, int column, int level) =>
        new(Bin(aisle, side, column, level), side, column, level,
            column * ColumnMillimetres, (level - 1) * LevelMillimetres);
}
