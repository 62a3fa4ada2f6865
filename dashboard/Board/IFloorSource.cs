namespace Warehouse.Dashboard.Board;

/// <summary>Where a page gets the floor from: this process, or the hub of another.</summary>
public interface IFloorSource
{
    /// <summary>The floor now; null until it was heard of.</summary>
    FloorSnapshot? Now { get; }

    /// <summary>Raised at most ten times a second while anything changes.</summary>
    event Action? Ticked;
}
