using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// Makes events of an old shape into the present one while they are read, step by step, so that deciders know the
/// present shape only and old journals stay readable.
/// </summary>
public sealed class Upcasters
{
    private readonly Dictionary<Type, Func<Event, Event>> steps = [];

    /// <summary>Read a <typeparamref name="TOld"/> as what <paramref name="step"/> makes of it.</summary>
    public Upcasters Add<TOld>(Func<TOld, Event> step) where TOld : Event
    {
        steps.Add(typeof(TOld), old => step((TOld)old));
        return this;
    }

    /// <summary>The event in its present shape.</summary>
    public Event Present(Event recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        while (steps.Count > 0 && steps.TryGetValue(recorded.GetType(), out var step))
        {
            recorded = step(recorded);
        }

        return recorded;
    }
}
