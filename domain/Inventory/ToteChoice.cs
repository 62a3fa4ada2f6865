using System.Collections.Immutable;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Inventory;

/// <summary>
/// Which totes a reservation takes its units from. Each tote is one way of a crane and a vehicle, so one tote that has
/// them all is best (of several such the one with the oldest lot); else the fullest first, the older lot among equals,
/// which makes the fewest ways that a plain choice can make. Lots and licence plates compare ordinally, so the same
/// book gives the same choice.
/// </summary>
public static class ToteChoice
{
    /// <summary>Picks of exactly <paramref name="quantity"/> units; the book must have as many free.</summary>
    public static ImmutableArray<TotePick> For(IReadOnlyDictionary<Lpn, ToteHolding> totes, int quantity)
    {
        var single = OfOldestLot(totes.Where(tote => tote.Value.Free >= quantity));
        if (single is { } all)
        {
            return [.. Take(all.Key, all.Value, quantity)];
        }

        var fullestFirst = totes
            .Where(tote => tote.Value.Free > 0)
            .OrderByDescending(tote => tote.Value.Free)
            .ThenBy(tote => OldestLot(tote.Value))
            .ThenBy(tote => tote.Key);
        var picks = ImmutableArray.CreateBuilder<TotePick>();
        var wanted = quantity;
        foreach (var (lpn, tote) in fullestFirst)
        {
            foreach (var pick in Take(lpn, tote, Math.Min(wanted, tote.Free)))
            {
                picks.Add(pick);
                wanted -= pick.Quantity;
            }

            if (wanted == 0)
            {
                return picks.ToImmutable();
            }
        }

        throw new InvalidOperationException($"{quantity} units were to be chosen, but {wanted} of them are not there");
    }

    private static KeyValuePair<Lpn, ToteHolding>? OfOldestLot(IEnumerable<KeyValuePair<Lpn, ToteHolding>> totes)
    {
        KeyValuePair<Lpn, ToteHolding>? best = null;
        foreach (var tote in totes)
        {
            if (best is not { } chosen || OldestLot(tote.Value).CompareTo(OldestLot(chosen.Value)) < 0)
            {
                best = tote;
            }
        }

        return best;
    }

    private static LotId OldestLot(ToteHolding tote) => tote.Lots.First(holding => holding.Free > 0).Lot;

    private static IEnumerable<TotePick> Take(Lpn lpn, ToteHolding tote, int quantity)
    {
        foreach (var holding in tote.Lots.Where(holding => holding.Free > 0))
        {
            var units = Math.Min(quantity, holding.Free);
            if (units == 0)
            {
                yield break;
            }

            quantity -= units;
            yield return new TotePick(lpn, tote.Aisle!.Value, holding.Lot, units);
        }
    }
}
