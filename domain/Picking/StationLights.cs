using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Picking;

/// <summary>
/// What a station shows next. One tote at a time is before the picker; all that is wanted of it is lit at once, one
/// light a slot; when nothing is, the tote may go and the next one is looked at. A slot that is complete gets the light
/// that asks to close it.
/// </summary>
public static class StationLights
{
    /// <summary>The events that follow from the state, in order; empty when the lights are as they should be.</summary>
    public static ImmutableArray<Event> Next(
        StationState station, Func<StationState, Event, StationState> evolve, Moment at)
    {
        ArgumentNullException.ThrowIfNull(station);
        ArgumentNullException.ThrowIfNull(evolve);
        var events = ImmutableArray.CreateBuilder<Event>();
        while (First(NextPick(station, at), NextToteDone(station), NextClose(station, at)) is { } next)
        {
            events.Add(next);
            station = evolve(station, next);
        }

        return events.ToImmutable();
    }

    private static StationEvent? First(params ReadOnlySpan<StationEvent?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate is not null)
            {
                return candidate;
            }
        }

        return null;
    }

    private static StationEvent.Lit? NextPick(StationState station, Moment at) =>
        station.Totes is [var tote, ..]
            && tote.Unlit.FirstOrDefault(one => station.Wants(one) && !station.Lit.ContainsKey(one.Slot)) is { } demand
            ? new StationEvent.Lit(new(NextId(station), PickTaskKind.Pick, demand.Slot, demand.Order, tote.Lpn, demand), at)
            : null;

    private static StationEvent.ToteDone? NextToteDone(StationState station) =>
        station.Totes is [var tote, ..]
            && !tote.Unlit.Any(station.Wants)
            && !station.Lit.Values.Any(lit => lit.Task.Kind == PickTaskKind.Pick && lit.Task.From == tote.Lpn)
            ? new StationEvent.ToteDone(tote.Lpn)
            : null;

    private static StationEvent.Lit? NextClose(StationState station, Moment at)
    {
        foreach (var (number, slot) in station.Slots)
        {
            if (slot.Complete && !station.Lit.ContainsKey(number))
            {
                return new StationEvent.Lit(new(NextId(station), PickTaskKind.Close, number, slot.Order, slot.Tote, null), at);
            }
        }

        return null;
    }

    private static PickTaskId NextId(StationState station) =>
        new(FormattableString.Invariant($"{station.Station}/{station.LastTask + 1:000000}"));
}
