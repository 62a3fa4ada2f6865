using Warehouse.Dashboard.Board;

namespace Warehouse.Dashboard.Hubs;

/// <summary>The floor of this very process. All pages of a tick share one snapshot.</summary>
public sealed class LocalFloor : IFloorSource
{
    private readonly FloorBoard _board;
    private volatile FloorSnapshot? _now;

    /// <summary>Follows the broadcast's beat.</summary>
    public LocalFloor(FloorBoard board, FloorBroadcast broadcast)
    {
        _board = board;
        broadcast.Ticked += () =>
        {
            _now = null;
            Ticked?.Invoke();
        };
    }

    /// <inheritdoc/>
    public event Action? Ticked;

    /// <inheritdoc/>
    public FloorSnapshot? Now => _now ??= _board.Snapshot();
}
