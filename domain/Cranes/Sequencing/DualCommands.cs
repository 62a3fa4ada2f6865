using System.Collections.Immutable;

namespace Warehouse.Domain.Cranes.Sequencing;

/// <summary>
/// As many stores as retrievals, to be done as dual commands: from the exchange point with a load to an open slot, on to
/// a retrieval, back with its load. A retrieval opens its slot for the stores after it. Any store may go to any slot.
/// </summary>
/// <param name="Exchange">Where loads come in and go out.</param>
/// <param name="Retrievals">Where the wanted loads stand.</param>
/// <param name="OpenSlots">Slots that are open at the beginning; at least one.</param>
/// <param name="Travel">How long the crane needs.</param>
public sealed record DualCommandProblem(
    RackPoint Exchange, ImmutableArray<RackPoint> Retrievals, ImmutableArray<RackPoint> OpenSlots, TravelTime Travel)
{
    /// <summary>The point of a slot: the open ones come first, then those that the retrievals open, in their order.</summary>
    public RackPoint Slot(int slot) => slot < OpenSlots.Length ? OpenSlots[slot] : Retrievals[slot - OpenSlots.Length];

    /// <summary>Travel of one dual command.</summary>
    public long TimeOf(DualCommand command) =>
        Travel(Exchange, Slot(command.Slot)) + Travel(Slot(command.Slot), Retrievals[command.Retrieval])
        + Travel(Retrievals[command.Retrieval], Exchange);
}

/// <summary>One dual command.</summary>
/// <param name="Slot">Where the store goes: below the number of open slots, one of those; above, the slot that retrieval opened.</param>
/// <param name="Retrieval">Which retrieval follows.</param>
public readonly record struct DualCommand(int Slot, int Retrieval);

/// <summary>Dual commands in an order in which each slot is open when its store comes.</summary>
/// <param name="Commands">One for each retrieval.</param>
/// <param name="Total">Travel of all of them.</param>
/// <param name="LowerBound">
/// No order has less: the cheapest assignment of every retrieval to a slot of its own, whether it can be ordered or not
/// (Lee and Schaefer, International Journal of Production Research 34(10), 1996).
/// </param>
public sealed record DualCommandPlan(ImmutableArray<DualCommand> Commands, long Total, long LowerBound);
