using System.Collections.Immutable;
using Warehouse.Domain.Inventory;

namespace Warehouse.Domain.Totes;

/// <summary>Lists of units by SKU and lot: each pair once, ordered, none of zero, so that equal contents are equal lists.</summary>
public static class Contents
{
    /// <summary>The list with so many units more (or fewer, when negative) of a SKU and lot.</summary>
    /// <exception cref="InvalidOperationException">There would be fewer than none.</exception>
    public static ImmutableArray<ToteContent> Plus(
        this ImmutableArray<ToteContent> contents, Sku sku, LotId lot, int quantity)
    {
        var at = 0;
        while (at < contents.Length && Compare(contents[at], sku, lot) < 0)
        {
            at++;
        }

        var known = at < contents.Length && Compare(contents[at], sku, lot) == 0;
        var units = quantity + (known ? contents[at].Quantity : 0);
        if (units < 0)
        {
            throw new InvalidOperationException($"{sku} lot {lot} would be {units} units");
        }

        var content = new ToteContent(sku, lot, units);
        return (known, units) switch
        {
            (true, 0) => contents.RemoveAt(at),
            (true, _) => contents.SetItem(at, content),
            (false, 0) => contents,
            (false, _) => contents.Insert(at, content),
        };
    }

    /// <summary>The same units, each SKU and lot once and in order.</summary>
    public static ImmutableArray<ToteContent> Ordered(this ImmutableArray<ToteContent> contents) =>
        [.. contents
            .GroupBy(content => (content.Sku, content.Lot))
            .Select(same => new ToteContent(same.Key.Sku, same.Key.Lot, same.Sum(content => content.Quantity)))
            .Where(content => content.Quantity != 0)
            .OrderBy(content => content.Sku)
            .ThenBy(content => content.Lot)];

    private static int Compare(ToteContent content, Sku sku, LotId lot) =>
        content.Sku.CompareTo(sku) is not 0 and var bySku ? bySku : content.Lot.CompareTo(lot);
}
