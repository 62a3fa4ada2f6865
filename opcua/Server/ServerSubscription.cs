using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// A subscription at the server (Part 4, 5.14.1.2): each interval it tells what its items gathered, or that it is still
/// there; without Publish requests it waits, and past its lifetime it ends. Runs under the address space's gate.
/// </summary>
internal sealed class ServerSubscription : IDisposable
{
    private readonly SessionTable _sessions;
    private readonly ServerOptions _options;
    private readonly AddressSpace _space;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Dictionary<uint, ServerMonitoredItem> _items = [];
    private readonly LinkedList<ServerMonitoredItem> _ready = new();
    private readonly Queue<NotificationMessage> _sent = new();
    private uint _itemId;
    private uint _sequenceNumber;
    private uint _keepAlives;
    private uint _lifetime;
    private bool _late;
    private bool _first = true;

    public ServerSubscription(uint id, ServerSession session, SessionTable sessions, ServerOptions options, TimeProvider clock, CreateSubscriptionRequest request)
    {
        (Id, Session, _sessions, _options, _space, _clock) = (id, session, sessions, options, session.Space, clock);
        _timer = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        PublishingEnabled = request.PublishingEnabled;
        Revise(
            request.RequestedPublishingInterval, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount, request.MaxNotificationsPerPublish,
            request.Priority);
    }

    public uint Id { get; }

    public ServerSession Session { get; private set; }

    public bool PublishingEnabled { get; set; }

    public byte Priority { get; private set; }

    public double PublishingInterval { get; private set; }

    public uint LifetimeCount { get; private set; }

    public uint MaxKeepAliveCount { get; private set; }

    public uint MaxNotifications { get; private set; }

    public int ItemCount => _items.Count;

    /// <summary>What its items gathered since the last telling.</summary>
    internal LinkedList<ServerMonitoredItem> Ready => _ready;

    public void Revise(double interval, uint lifetime, uint keepAlive, uint maxNotifications, byte priority)
    {
        lock (_space.Gate)
        {
            PublishingInterval = Math.Clamp(double.IsNaN(interval) ? 0 : interval, _options.MinPublishingIntervalMilliseconds, 3_600_000);
            MaxKeepAliveCount = Math.Clamp(keepAlive, 1, 10_000);
            LifetimeCount = Math.Max(Math.Min(lifetime, 100_000), 3 * MaxKeepAliveCount);
            (MaxNotifications, Priority) = (maxNotifications == 0 ? int.MaxValue : maxNotifications, priority);
            _timer.Change(TimeSpan.FromMilliseconds(PublishingInterval), TimeSpan.FromMilliseconds(PublishingInterval));
        }
    }

    public ServerMonitoredItem? Item(uint id) => _items.GetValueOrDefault(id);

    public ServerMonitoredItem Add(Func<uint, ServerMonitoredItem> make)
    {
        var item = make(++_itemId);
        _items[item.Id] = item;
        item.Node.Watchers.Add(item);
        return item;
    }

    public bool Remove(uint id)
    {
        if (!_items.Remove(id, out var item))
        {
            return false;
        }

        item.Node.Watchers.Remove(item);
        _ready.Remove(item);
        return true;
    }

    public StatusCode Acknowledge(uint sequenceNumber)
    {
        lock (_space.Gate)
        {
            if (!_sent.Any(message => message.SequenceNumber == sequenceNumber))
            {
                return StatusCodes.BadSequenceNumberUnknown;
            }

            var rest = _sent.Where(message => message.SequenceNumber != sequenceNumber).ToArray();
            _sent.Clear();
            Array.ForEach(rest, _sent.Enqueue);
            return StatusCodes.Good;
        }
    }

    /// <summary>A message that was told and not acknowledged (Part 4, 5.14.6); null when it is not kept.</summary>
    public NotificationMessage? Kept(uint sequenceNumber)
    {
        lock (_space.Gate)
        {
            _lifetime = 0;
            return _sent.FirstOrDefault(message => message.SequenceNumber == sequenceNumber);
        }
    }

    /// <summary>Goes on in another session (Part 4, 5.14.7); gives the numbers of the messages that are kept.</summary>
    public uint[] MoveTo(ServerSession session, bool sendInitialValues)
    {
        lock (_space.Gate)
        {
            (Session, _lifetime, _late) = (session, 0, true);
            if (sendInitialValues)
            {
                foreach (var item in _items.Values)
                {
                    item.OfferPresent();
                }
            }

            return [.. _sent.Select(message => message.SequenceNumber)];
        }
    }

    /// <summary>A Publish request came: what was due is told now.</summary>
    public void TellLate()
    {
        lock (_space.Gate)
        {
            _lifetime = 0;
            if (_late)
            {
                Tell();
            }
        }
    }

    public IEnumerable<ServerMonitoredItem> EventItems() => _items.Values.Where(item => item.EventFilter is not null);

    public void Dispose()
    {
        lock (_space.Gate)
        {
            _timer.Dispose();
            foreach (var item in _items.Values)
            {
                item.Node.Watchers.Remove(item);
            }

            _items.Clear();
            _ready.Clear();
        }
    }

    private void Tick()
    {
        var expired = false;
        lock (_space.Gate)
        {
            foreach (var item in _items.Values.Where(item => item.IsPolled))
            {
                item.OfferPresent();
            }

            if (++_lifetime > LifetimeCount)
            {
                expired = true;
            }
            else
            {
                Tell();
            }
        }

        if (expired)
        {
            Session.Tell(this, () => (Message([ExtensionObject.Of(new StatusChangeNotification(StatusCodes.BadTimeout, null))]), [], false));
            _sessions.Delete(this);
        }
    }

    private void Tell()
    {
        var something = PublishingEnabled && _ready.Count > 0;
        if (!something && !_first && !_late && ++_keepAlives < MaxKeepAliveCount)
        {
            return;
        }

        var more = something;
        do
        {
            if (!Session.Tell(this, () => Next(something, out more)))
            {
                _late = true;
                return;
            }

            (_late, _first, _keepAlives, _lifetime) = (false, false, 0, 0);
        }
        while (more);
    }

    private (NotificationMessage, uint[], bool) Next(bool something, out bool more)
    {
        if (!something)
        {
            more = false;
            return (new NotificationMessage(ClientNext(_sequenceNumber), Now, []), Available(), false);
        }

        List<MonitoredItemNotification> changes = [];
        List<EventFieldList> events = [];
        while (_ready.First is { } first && changes.Count + events.Count < MaxNotifications)
        {
            if (first.Value.Take(changes, events, (int)Math.Min(int.MaxValue, MaxNotifications - changes.Count - events.Count)))
            {
                _ready.RemoveFirst();
            }
        }

        more = _ready.Count > 0;
        List<ExtensionObject> data = [];
        if (changes.Count > 0)
        {
            data.Add(ExtensionObject.Of(new DataChangeNotification([.. changes], [])));
        }

        if (events.Count > 0)
        {
            data.Add(ExtensionObject.Of(new EventNotificationList([.. events])));
        }

        var message = Message([.. data]);
        _sent.Enqueue(message);
        while (_sent.Count > _options.MaxRetransmissions)
        {
            _sent.Dequeue();
        }

        return (message, Available(), more);
    }

    private NotificationMessage Message(ExtensionObject[] data) => new(_sequenceNumber = ClientNext(_sequenceNumber), Now, data);

    private uint[] Available() => [.. _sent.Select(message => message.SequenceNumber)];

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    private static uint ClientNext(uint number) => number == uint.MaxValue ? 1 : number + 1;
}
