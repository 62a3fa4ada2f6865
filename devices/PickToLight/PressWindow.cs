namespace Warehouse.Devices.PickToLight;

/// <summary>Spares the desk the repeats of a press that it is just taking or has taken. Only a convenience: the Device stream counts each press once anyway.</summary>
internal sealed class PressWindow
{
    /// <summary>How many presses of a tag are remembered.</summary>
    public const int Size = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<(long Boot, long Seq), Task<bool>> _known = [];
    private readonly Queue<(long Boot, long Seq)> _order = new();

    /// <summary>
    /// True when the press is durable and shall be confirmed. Reports it; a repeat that comes while its report is under
    /// way ends at once and unconfirmed, since the first is still unacknowledged at the broker: were each of them held
    /// until the commit, a few tags would use up all that the broker may send unacknowledged, and the states that others
    /// wait for would queue behind them. A report that was not taken is forgotten.
    /// </summary>
    public async Task<bool> Once(PickTagEvent heard, Func<Task<bool>> report)
    {
        var key = (heard.Boot, heard.Seq);
        Task<bool>? under;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out under))
            {
                if (!under.IsCompleted)
                {
                    return false;
                }
            }
            else
            {
                under = report();
                _known.Add(key, under);
                _order.Enqueue(key);
                if (_order.Count > Size)
                {
                    _known.Remove(_order.Dequeue());
                }
            }
        }

        var taken = await under;
        if (!taken)
        {
            Forget(key, under);
        }

        return taken;
    }

    private void Forget((long Boot, long Seq) key, Task<bool> under)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var known) && known == under)
            {
                _known.Remove(key);
            }
        }
    }
}
