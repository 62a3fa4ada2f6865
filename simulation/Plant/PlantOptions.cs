namespace Warehouse.Simulation.Plant;

/// <summary>How fast and how well the virtual floor works. Times are of the floor's clock; docs tell where the figures come from.</summary>
public sealed record PlantOptions
{
    /// <summary>Vehicles' speed on straight edges.</summary>
    public int CruiseMillimetresPerSecond { get; init; } = 1500;

    /// <summary>Added on each edge into or out of a stop: slowing down and turning on the spot.</summary>
    public int DockMilliseconds { get; init; } = 1500;

    /// <summary>Taking a tote from a place, or setting it down.</summary>
    public int HandoverMilliseconds { get; init; } = 6000;

    /// <summary>A vehicle tells its state at least this often (VDA 5050 asks for 30 s).</summary>
    public int StateEveryMilliseconds { get; init; } = 30_000;

    /// <summary>A driving vehicle tells its pose for the map this often; 0 is never.</summary>
    public int PoseEveryMilliseconds { get; init; } = 6000;

    /// <summary>The version of VDA 5050 that the vehicles speak.</summary>
    public string VehicleVersion { get; init; } = "2.1.0";

    /// <summary>Cranes' axes and forks.</summary>
    public CraneSpeeds Crane { get; init; } = new();

    /// <summary>What a picker needs for a line, on average.</summary>
    public int LineMilliseconds { get; init; } = 6000;

    /// <summary>Most that a line takes less or more than the average, evenly drawn.</summary>
    public int LineSpreadMilliseconds { get; init; } = 2000;

    /// <summary>What a picker needs to close a slot: take the full tote out, set an empty one in.</summary>
    public int CloseMilliseconds { get; init; } = 12_000;

    /// <summary>Of a million lines, how many find fewer units than the book says.</summary>
    public int ShortPerMillion { get; init; } = 1000;

    /// <summary>
    /// For a plant of its own process: each vehicle first says that its connection was broken, so that a controller
    /// which went on meanwhile sends again what was lost.
    /// </summary>
    public bool SaysItWasAway { get; init; }

    /// <summary>A tag repeats an unconfirmed event this often.</summary>
    public int RepeatMilliseconds { get; init; } = 5000;
}

/// <summary>A mini-load crane: both axes with trapezoid speed, the forks with a fixed time a transfer.</summary>
public sealed record CraneSpeeds
{
    /// <summary>Along the aisle.</summary>
    public int TravelMillimetresPerSecond { get; init; } = 6000;

    /// <summary>Along the aisle.</summary>
    public int TravelMillimetresPerSecondSquared { get; init; } = 4000;

    /// <summary>Up and down.</summary>
    public int HoistMillimetresPerSecond { get; init; } = 3000;

    /// <summary>Up and down.</summary>
    public int HoistMillimetresPerSecondSquared { get; init; } = 4000;

    /// <summary>Forks out, lift or lower, forks in.</summary>
    public int TransferMilliseconds { get; init; } = 2400;
}
