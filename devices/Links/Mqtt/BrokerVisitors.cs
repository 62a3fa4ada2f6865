namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// Who has come through a broker's doors. Connections that say nothing are bounded apart: of too many, the one that has
/// been silent longest is closed, so that they keep nobody out who has something to say.
/// </summary>
/// <param name="maxConnections">Most connections in all.</param>
/// <param name="maxSilent">Most that have not said anything yet.</param>
internal sealed class BrokerVisitors(int maxConnections, int maxSilent)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Visitor> _silent = new();
    private readonly HashSet<Visitor> _all = [];

    /// <summary>How many are silent.</summary>
    public int Silent
    {
        get
        {
            lock (_gate)
            {
                return _silent.Count;
            }
        }
    }

    /// <summary>How many were closed because too many were silent, and how many were turned away because there were too many at all.</summary>
    public long Shed { get; private set; }

    /// <summary>How many were turned away because there were too many.</summary>
    public long TurnedAway { get; private set; }

    /// <summary>Lets a connection in; null when there are too many and all of them have spoken.</summary>
    public Visitor? Enter(Action close)
    {
        Visitor? shed = null;
        Visitor entered;
        lock (_gate)
        {
            if (_silent.Count >= maxSilent || (_all.Count >= maxConnections && _silent.Count > 0))
            {
                shed = _silent.First!.Value;
                Remove(shed);
                Shed++;
            }

            if (_all.Count >= maxConnections)
            {
                TurnedAway++;
                return null;
            }

            entered = new Visitor(this, close);
            _all.Add(entered);
            entered.Place = _silent.AddLast(entered);
        }

        shed?.Close();
        return entered;
    }

    /// <summary>Closes everybody.</summary>
    public void CloseAll()
    {
        Visitor[] all;
        lock (_gate)
        {
            all = [.. _all];
            _all.Clear();
            _silent.Clear();
        }

        foreach (var visitor in all)
        {
            visitor.Close();
        }
    }

    private void Spoke(Visitor visitor)
    {
        lock (_gate)
        {
            if (visitor.Place is { List: not null } place)
            {
                _silent.Remove(place);
            }
        }
    }

    private void Leave(Visitor visitor)
    {
        lock (_gate)
        {
            Remove(visitor);
        }
    }

    private void Remove(Visitor visitor)
    {
        _all.Remove(visitor);
        if (visitor.Place is { List: not null } place)
        {
            _silent.Remove(place);
        }
    }

    /// <summary>One connection.</summary>
    internal sealed class Visitor(BrokerVisitors visitors, Action close) : IDisposable
    {
        public LinkedListNode<Visitor>? Place { get; set; }

        /// <summary>It has said something.</summary>
        public void Spoke() => visitors.Spoke(this);

        /// <summary>Closes its connection.</summary>
        public void Close() => close();

        /// <summary>It has left.</summary>
        public void Dispose() => visitors.Leave(this);
    }
}
