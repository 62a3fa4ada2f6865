using System.Collections.Concurrent;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>What a broker knows of its clients beyond their sessions: whose a client id is, what it listens to, what it left unacknowledged.</summary>
internal sealed class BrokerClients
{
    private readonly ConcurrentDictionary<string, BrokerClient> _known = new(StringComparer.Ordinal);
    private long _assigned;
    private int _connected;

    /// <summary>The start of client ids that the broker gives to clients without one; nobody may bring his own.</summary>
    public const string AssignedPrefix = "auto-";

    /// <summary>How many are connected.</summary>
    public int Connected => Volatile.Read(ref _connected);

    /// <summary>An id for a client that brought none.</summary>
    public string Assign() => $"{AssignedPrefix}{Interlocked.Increment(ref _assigned)}";

    /// <summary>The client of an id for a user; null when the id is another user's.</summary>
    public BrokerClient? Claim(string clientId, string user) =>
        _known.GetOrAdd(clientId, static (_, owner) => new BrokerClient(owner), user) is var client && client.User == user ? client : null;

    /// <summary>The client of an id, once it was let in.</summary>
    public BrokerClient? Find(string clientId) => _known.GetValueOrDefault(clientId);

    /// <summary>It is there, with nothing unacknowledged on this connection.</summary>
    public void Came(string clientId)
    {
        if (Find(clientId) is { } client && client.Come())
        {
            Interlocked.Increment(ref _connected);
        }
    }

    /// <summary>It has gone; its session may stay.</summary>
    public void Went(string clientId)
    {
        if (Find(clientId) is { } client && client.Go())
        {
            Interlocked.Decrement(ref _connected);
        }
    }

    /// <summary>Its session is over: the id is anybody's.</summary>
    public void Forget(string clientId)
    {
        Went(clientId);
        _known.TryRemove(clientId, out _);
    }
}

/// <summary>One client.</summary>
/// <param name="user">Whose it is; empty without users.</param>
internal sealed class BrokerClient(string user)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private bool _here;
    private int _unacknowledged;

    public string User => user;

    /// <summary>Notes a filter; false when there are too many.</summary>
    public bool Listen(string filter, int most)
    {
        lock (_gate)
        {
            return _filters.Contains(filter) || (_filters.Count < most && _filters.Add(filter));
        }
    }

    public void Unlisten(string filter)
    {
        lock (_gate)
        {
            _filters.Remove(filter);
        }
    }

    /// <summary>A QoS 1 or 2 message was sent to it; gives how many it has not acknowledged.</summary>
    public int Sent() => Interlocked.Increment(ref _unacknowledged);

    public void Acknowledged() => Interlocked.Decrement(ref _unacknowledged);

    public bool Come()
    {
        lock (_gate)
        {
            Interlocked.Exchange(ref _unacknowledged, 0);
            var before = _here;
            _here = true;
            return !before;
        }
    }

    public bool Go()
    {
        lock (_gate)
        {
            var before = _here;
            _here = false;
            return before;
        }
    }
}
