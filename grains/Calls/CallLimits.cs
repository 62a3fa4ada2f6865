namespace Warehouse.Grains;

/// <summary>What one grain call may ask for.</summary>
public sealed record CallLimits
{
    /// <summary>Longest id of a command from outside, in characters.</summary>
    public const int MaxIdLength = 200;

    /// <summary>Most commands that may wait in one grain (default 10,000, at least 1); the next is turned away at the door.</summary>
    public int MaxWaiting { get; init; } = 10_000;
}
