using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Warehouses;

/// <summary>
/// Starts everything that is possible now. Called after each piece of news, so it only ever finds little to do; each
/// phase looks at the floor as the phases before left it.
/// </summary>
internal static class FloorPlanner
{
    /// <summary>The news, followed by all that starts because of it.</summary>
    public static ImmutableArray<Event> Complete(WarehouseState floor, ImmutableArray<Event> news)
    {
        var planning = new Planning(floor, news);
        ReleaseOrders.Run(planning);
        PassOn.Run(planning);
        StartReturns.Run(planning);
        OrderRetrievals.Run(planning);
        StartPutAways.Run(planning);
        StartFetches.Run(planning);
        ParkIdle.Run(planning);
        return planning.Events;
    }
}

/// <summary>The floor while it is being planned: what has been decided so far, and the floor after it.</summary>
internal sealed class Planning
{
    private readonly ImmutableArray<Event>.Builder events = ImmutableArray.CreateBuilder<Event>();

    /// <summary>Start from a floor and what has just happened to it.</summary>
    public Planning(WarehouseState floor, ImmutableArray<Event> news)
    {
        Floor = floor;
        foreach (var happened in news)
        {
            Happen(happened);
        }
    }

    /// <summary>The floor after all events so far.</summary>
    public WarehouseState Floor { get; private set; }

    /// <summary>All events so far, in order.</summary>
    public ImmutableArray<Event> Events => events.ToImmutable();

    /// <summary>Decide one more.</summary>
    public void Happen(Event happened)
    {
        events.Add(happened);
        Floor = WarehouseDecider.Evolve(Floor, happened);
    }
}
