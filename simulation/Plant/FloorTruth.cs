using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// What is really on the floor, whatever the books say: which tote stands where, and what was put into each slot at
/// which light. Machines read nothing but this, and checkers compare it with the journal.
/// </summary>
/// <param name="exchangeIsShared">
/// True when vehicles and cranes live in different processes. Out and in places lie between the two: each side then
/// trusts that the other's sensor saw the tote which the order names, and keeps no book of its own there.
/// </param>
public sealed class FloorTruth(bool exchangeIsShared = false)
{
    private readonly SortedDictionary<PlaceId, Lpn> standing = [];
    private readonly SortedDictionary<string, int> pressed = new(StringComparer.Ordinal);

    /// <summary>The tote that stands at each place.</summary>
    public IReadOnlyDictionary<PlaceId, Lpn> Standing => standing;

    /// <summary>Units that hands really moved, by the light they answered.</summary>
    public IReadOnlyDictionary<string, int> Pressed => pressed;

    /// <summary>Collisions and grabs at nothing, as they happened; must stay empty.</summary>
    public List<string> Mishaps { get; } = [];

    /// <summary>A tote stands there at the beginning, or was set there by a person.</summary>
    public void Set(Lpn lpn, PlaceId place) => standing[place] = lpn;

    /// <summary>A machine takes what stands there; null when nothing does.</summary>
    public Lpn? Take(PlaceId place, Lpn? wanted)
    {
        if (exchangeIsShared && IsExchange(place))
        {
            return wanted;
        }

        if (standing.Remove(place, out var lpn))
        {
            return lpn;
        }

        // Totes that people carry (an order's from its slot, goods at receiving) are set down when a machine comes for them.
        return wanted is not null && !IsMachinePlace(place) ? wanted : null;
    }

    /// <summary>A machine sets a tote down; false when something stands there already.</summary>
    public bool Put(Lpn lpn, PlaceId place)
    {
        if ((exchangeIsShared && IsExchange(place)) || standing.TryAdd(place, lpn))
        {
            return true;
        }

        Mishaps.Add($"{lpn} was set on {place}, where {standing[place]} stands");
        return false;
    }

    /// <summary>A hand answered a light.</summary>
    public void Press(string task, int units) => pressed[task] = units;

    private static bool IsMachinePlace(PlaceId place) =>
        place.Text.Contains("/bin/", StringComparison.Ordinal) || IsExchange(place);

    private static bool IsExchange(PlaceId place) =>
        place.Text[(place.Text.LastIndexOf('/') + 1)..].StartsWith("out", StringComparison.Ordinal)
        || place.Text[(place.Text.LastIndexOf('/') + 1)..].StartsWith("in", StringComparison.Ordinal);
}
