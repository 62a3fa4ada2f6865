using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>What a subscription asks for (Part 4, 5.14.2).</summary>
public sealed record SubscriptionOptions
{
    /// <summary>Milliseconds between two tellings. Default 100.</summary>
    public double PublishingIntervalMilliseconds { get; init; } = 100;

    /// <summary>Intervals without anything to tell after which the server says that it is still there. Default 20.</summary>
    public uint KeepAliveCount { get; init; } = 20;

    /// <summary>Intervals without a Publish request after which the server drops the subscription. Default 3,000.</summary>
    public uint LifetimeCount { get; init; } = 3000;

    /// <summary>Notifications in one telling at most; 0 is as many as there are. Default 10,000.</summary>
    public uint MaxNotificationsPerPublish { get; init; } = 10_000;

    /// <summary>0 to 255; higher goes first.</summary>
    public byte Priority { get; init; }
}

/// <summary>One monitored item: what is watched, and who is told.</summary>
/// <param name="Item">What is watched.</param>
/// <param name="SamplingMilliseconds">How often the server looks.</param>
/// <param name="QueueSize">How many notifications it keeps.</param>
/// <param name="Filter">A DataChangeFilter or an EventFilter; null for none.</param>
public sealed record MonitoredNode(ReadValueId Item, double SamplingMilliseconds = 100, uint QueueSize = 1, object? Filter = null)
{
    /// <summary>Whether the newest or the oldest is dropped when the queue is full.</summary>
    public bool DiscardOldest { get; init; } = true;

    /// <summary>Told of values, in order, one at a time.</summary>
    public Action<DataValue>? ValueChanged { get; init; }

    /// <summary>Told of events' fields, in the order of the select clauses.</summary>
    public Action<Variant[]>? EventRaised { get; init; }

    internal MonitoredItemCreateRequest ToRequest(uint handle) => new(
        Item, MonitoringMode.Reporting,
        new MonitoringParameters(handle, SamplingMilliseconds, Filter is null ? ExtensionObject.Null : ExtensionObject.Of(Filter), QueueSize, DiscardOldest));
}

/// <summary>
/// A subscription (Part 4, 5.14): it notices what is missing by the sequence numbers and has it told again, and it can be
/// made anew when the server has forgotten it.
/// </summary>
public sealed class ClientSubscription
{
    private readonly Dictionary<uint, MonitoredNode> _items = [];
    private uint _nextHandle;

    internal ClientSubscription(SubscriptionOptions options) => Options = options;

    /// <summary>What was asked for.</summary>
    public SubscriptionOptions Options { get; }

    /// <summary>Its id at the server.</summary>
    public uint SubscriptionId { get; internal set; }

    /// <summary>Notifications that could not be had again: the server no longer kept them.</summary>
    public long Lost { get; private set; }

    /// <summary>Notifications that were told again after a gap.</summary>
    public long Republished { get; private set; }

    /// <summary>The sequence number of the last message that was told.</summary>
    internal uint LastSequenceNumber { get; set; }

    /// <summary>Whether the server said, when it was last asked, that it does not know it.</summary>
    internal bool IsForgotten { get; set; }

    internal IReadOnlyList<KeyValuePair<uint, MonitoredNode>> Items
    {
        get
        {
            lock (_items)
            {
                return [.. _items];
            }
        }
    }

    internal uint Add(MonitoredNode node)
    {
        lock (_items)
        {
            _items[++_nextHandle] = node;
            return _nextHandle;
        }
    }

    internal void CountLost(long count) => Lost += count;

    internal void CountRepublished() => Republished++;

    /// <summary>Whether this message's number follows; one that was told before is not told again.</summary>
    internal bool IsOld(uint sequenceNumber) => LastSequenceNumber != 0 && unchecked((int)(sequenceNumber - LastSequenceNumber)) <= 0;

    internal void Tell(NotificationMessage message)
    {
        foreach (var data in message.NotificationData)
        {
            switch (data.Body)
            {
                case DataChangeNotification changes:
                    foreach (var change in changes.MonitoredItems)
                    {
                        Find(change.ClientHandle)?.ValueChanged?.Invoke(change.Value);
                    }

                    break;
                case EventNotificationList events:
                    foreach (var occurrence in events.Events)
                    {
                        Find(occurrence.ClientHandle)?.EventRaised?.Invoke(occurrence.EventFields);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    internal static uint Next(uint sequenceNumber) => sequenceNumber == uint.MaxValue ? 1 : sequenceNumber + 1;

    private MonitoredNode? Find(uint handle)
    {
        lock (_items)
        {
            return _items.GetValueOrDefault(handle);
        }
    }
}
