namespace Warehouse.Devices.PickToLight;

/// <summary>The topics of one tag: <c>ptl/v1/warehouse/tag/cmd|evt|state</c>.</summary>
/// <param name="Warehouse">The warehouse, one level.</param>
/// <param name="Tag">The tag within it, one level, for example <c>S1-03</c>.</param>
public sealed record PickTagTopics(string Warehouse, string Tag)
{
    /// <summary>Every tag's events.</summary>
    public const string AllEvents = "ptl/v1/+/+/evt";

    /// <summary>Every tag's state.</summary>
    public const string AllStates = "ptl/v1/+/+/state";

    /// <summary>Every tag's commands: what a plant listens to.</summary>
    public const string AllCommands = "ptl/v1/+/+/cmd";

    /// <summary>To the tag.</summary>
    public string Command { get; } = $"ptl/v1/{Warehouse}/{Tag}/cmd";

    /// <summary>From the tag: presses.</summary>
    public string Event { get; } = $"ptl/v1/{Warehouse}/{Tag}/evt";

    /// <summary>From the tag: its retained state.</summary>
    public string State { get; } = $"ptl/v1/{Warehouse}/{Tag}/state";
}
