using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Orders;

/// <summary>Events of one decision so far, and the state that they lead to: what follows is decided on that.</summary>
internal readonly record struct Story(OrderState State, ImmutableArray<Event> Events)
{
    /// <summary>Nothing has happened yet.</summary>
    public static Story Of(OrderState state) => new(state, []);

    /// <summary>And then this happened.</summary>
    public Story Then(OrderEvent happened) => new(OrderBook.Evolve(State, happened), Events.Add(happened));
}
