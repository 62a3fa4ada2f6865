using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Areas;

/// <summary>A hold that stands.</summary>
[GenerateSerializer, Immutable, Alias("area-state.hold")]
public sealed record AreaHold([property: Id(0)] string Id, [property: Id(1)] string Reason);

/// <summary>A watched area.</summary>
/// <param name="Area">Null before it was set up.</param>
/// <param name="Plan">What it is for.</param>
/// <param name="Cases">Open cases, by what was seen; at most <see cref="MaxCases"/>.</param>
/// <param name="Alarms">Alarms that stand, ordered by sensor and measure; at most <see cref="MaxAlarms"/>.</param>
/// <param name="Hold">The hold on its goods, if one stands.</param>
/// <param name="Holds">How many holds there were.</param>
/// <param name="LastHold">The hold that ended last; its goods have to hear of it.</param>
/// <param name="FormerSkus">The goods before it was last set up; while a hold stands, those not in the plan are freed.</param>
[GenerateSerializer, Immutable, Alias("area-state")]
public sealed record AreaState(
    [property: Id(0)] AreaId? Area, [property: Id(1)] AreaPlan Plan, [property: Id(2)] ImmutableSortedDictionary<StreamId, AreaCase> Cases,
    [property: Id(3)] ImmutableArray<AreaAlarm> Alarms, [property: Id(4)] AreaHold? Hold, [property: Id(5)] long Holds,
    [property: Id(6)] AreaHold? LastHold, [property: Id(7)] ImmutableArray<Inventory.Sku> FormerSkus)
{
    /// <summary>Most open cases; a further one is not kept, the sightings stay in the journal.</summary>
    public const int MaxCases = 256;

    /// <summary>Most alarms at once.</summary>
    public const int MaxAlarms = 256;

    /// <summary>Most SKUs of an area.</summary>
    public const int MaxSkus = 5_000;

    /// <summary>An area that nobody has set up.</summary>
    public static AreaState None { get; } = new(
        null, new AreaPlan(null, "", 0, [], HoldRelease.Person), ImmutableSortedDictionary<StreamId, AreaCase>.Empty, [], null, 0, null, []);
}
