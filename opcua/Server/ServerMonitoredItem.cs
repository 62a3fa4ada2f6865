using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>A monitored item (Part 4, 5.13.1): filters what its node offers and queues it until its subscription tells it.</summary>
internal sealed class ServerMonitoredItem(uint id, ServerSubscription subscription, Node node, ReadValueId item, AddressSpace space)
{
    /// <summary>Info bits of a value after which others were dropped (Part 4, 7.39.1).</summary>
    private const uint Overflow = 0x480;

    private static readonly NodeId s_overflowEvent = new(3035);

    private readonly Queue<DataValue> _values = new();
    private readonly Queue<Variant[]> _events = new();
    private DataValue? _last;
    private bool _overflowed;
    private bool _queued;

    public uint Id => id;

    public Node Node => node;

    public uint ClientHandle { get; set; }

    public uint QueueSize { get; set; } = 1;

    public bool DiscardOldest { get; set; } = true;

    public MonitoringMode Mode { get; private set; } = MonitoringMode.Reporting;

    public DataChangeFilter? Filter { get; set; }

    public EventFilter? EventFilter { get; set; }

    public TimestampsToReturn Timestamps { get; set; } = TimestampsToReturn.Both;

    /// <summary>Whether its node's value is looked up, and has to be looked for changes.</summary>
    public bool IsPolled => EventFilter is null && node.OnRead is not null && Mode != MonitoringMode.Disabled;

    public void SetMode(MonitoringMode mode)
    {
        Mode = mode;
        if (mode == MonitoringMode.Disabled)
        {
            _values.Clear();
            _events.Clear();
            _last = null;
        }
        else if (mode == MonitoringMode.Reporting && _values.Count + _events.Count > 0)
        {
            Queue();
        }
    }

    /// <summary>Offers the node's value or attribute as it is now.</summary>
    public void OfferPresent()
    {
        if (EventFilter is null)
        {
            Accept(Attributes.Read(node, item, space));
        }
    }

    public void Offer(DataValue value)
    {
        if (EventFilter is null && item.AttributeId == AttributeId.Value)
        {
            Accept(string.IsNullOrEmpty(item.IndexRange) ? value : Attributes.Cut(value, item.IndexRange));
        }
    }

    public void Offer(ServerEvent occurrence)
    {
        if (EventFilter is not null && Mode != MonitoringMode.Disabled && EventFilters.Passes(EventFilter, occurrence, space))
        {
            Push(_events, EventFilters.Select(EventFilter, occurrence));
            Queue();
        }
    }

    /// <summary>Moves what is queued into a message, as far as there is room; true when nothing is left.</summary>
    public bool Take(List<MonitoredItemNotification> changes, List<EventFieldList> events, int room)
    {
        while (_values.Count > 0 && room-- > 0)
        {
            changes.Add(new(ClientHandle, Stamp(_values.Dequeue())));
        }

        if (_overflowed && EventFilter is not null && room-- > 0)
        {
            var occurrence = new ServerEvent(s_overflowEvent, Ids.Server, "Server", "events were dropped", 1, BitConverter.GetBytes(id), DateTime.UnixEpoch);
            events.Add(new(ClientHandle, EventFilters.Select(EventFilter, occurrence)));
            _overflowed = false;
        }

        while (_events.Count > 0 && room-- > 0)
        {
            events.Add(new(ClientHandle, _events.Dequeue()));
        }

        _queued = _values.Count + _events.Count > 0;
        return !_queued;
    }

    private void Accept(DataValue value)
    {
        if (Mode == MonitoringMode.Disabled || !Differs(value))
        {
            return;
        }

        _last = value;
        Push(_values, value);
        if (_overflowed && QueueSize > 1)
        {
            _overflowed = false;
            MarkOverflow();
        }

        Queue();
    }

    private void Push<T>(Queue<T> queue, T entry)
    {
        if (queue.Count < QueueSize)
        {
            queue.Enqueue(entry);
            return;
        }

        _overflowed = true;
        if (DiscardOldest)
        {
            queue.Dequeue();
            queue.Enqueue(entry);
            return;
        }

        var kept = queue.SkipLast(1).ToArray();
        queue.Clear();
        Array.ForEach(kept, queue.Enqueue);
        queue.Enqueue(entry);
    }

    /// <summary>The bit stands on the oldest when older ones were dropped, else on the newest (Part 4, 5.13.1.5).</summary>
    private void MarkOverflow()
    {
        var values = _values.ToArray();
        var at = DiscardOldest ? 0 : values.Length - 1;
        values[at] = values[at] with { StatusCode = new(values[at].StatusCode.Code | Overflow) };
        _values.Clear();
        Array.ForEach(values, _values.Enqueue);
    }

    private void Queue()
    {
        if (!_queued && Mode == MonitoringMode.Reporting)
        {
            _queued = true;
            subscription.Ready.AddLast(this);
        }
    }

    private bool Differs(DataValue value)
    {
        if (_last is null || _last.StatusCode != value.StatusCode)
        {
            return true;
        }

        var trigger = Filter?.Trigger ?? DataChangeTrigger.StatusValue;
        if (trigger == DataChangeTrigger.StatusValueTimestamp && _last.SourceTimestamp != value.SourceTimestamp)
        {
            return true;
        }

        return trigger != DataChangeTrigger.Status && !Same(_last.Value, value.Value);
    }

    private bool Same(Variant last, Variant value)
    {
        if (Filter is { DeadbandType: (uint)DeadbandType.Absolute, DeadbandValue: var band }
            && !last.IsArray && !value.IsArray && Coercion.To(BuiltInType.Double, last.Value) is double before && Coercion.To(BuiltInType.Double, value.Value) is double after)
        {
            return Math.Abs(after - before) <= band;
        }

        return last.Type == value.Type && (last.Value is Array former && value.Value is Array latter
            ? former.Length == latter.Length && former.Cast<object?>().SequenceEqual(latter.Cast<object?>())
            : Equals(last.Value, value.Value));
    }

    private DataValue Stamp(DataValue value) => Timestamps switch
    {
        TimestampsToReturn.Source => value with { ServerTimestamp = null },
        TimestampsToReturn.Server => value with { SourceTimestamp = null },
        TimestampsToReturn.Neither => value with { SourceTimestamp = null, ServerTimestamp = null },
        _ => value,
    };
}
