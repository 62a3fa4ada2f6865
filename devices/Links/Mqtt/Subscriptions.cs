using System.Collections.Immutable;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>One subscription of a link; another one with the same filter is another one.</summary>
internal sealed class Subscription(string filter, MqttQos qos, Func<MqttMessage, Task> handler)
{
    /// <summary>The topic filter.</summary>
    public string Filter => filter;

    /// <summary>The best quality that it asks for.</summary>
    public MqttQos Qos => qos;

    /// <summary>Takes what matches.</summary>
    public Func<MqttMessage, Task> Handler => handler;
}

/// <summary>
/// What a link wants to hear. A broker's session keeps subscriptions over a loss, so a filter that is no longer wanted
/// is remembered until the broker was told.
/// </summary>
internal sealed class Subscriptions
{
    private readonly Lock _gate = new();
    private volatile Holder _wanted = new([]);
    private ImmutableSortedSet<string> _unwanted = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>What is wanted, in the order of asking.</summary>
    public ImmutableArray<Subscription> Wanted => _wanted.All;

    /// <summary>Filters that the broker may still have and nobody wants.</summary>
    public ImmutableArray<string> Unwanted
    {
        get
        {
            lock (_gate)
            {
                return [.. _unwanted];
            }
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(Subscription subscription)
    {
        lock (_gate)
        {
            _wanted = new Holder(_wanted.All.Add(subscription));
            _unwanted = _unwanted.Remove(subscription.Filter);
        }
    }

    /// <summary>Drops all of a filter; false when there was none.</summary>
    public bool Remove(string filter)
    {
        lock (_gate)
        {
            var left = _wanted.All.RemoveAll(one => one.Filter == filter);
            if (left.Length == _wanted.All.Length)
            {
                return false;
            }

            _wanted = new Holder(left);
            _unwanted = _unwanted.Add(filter);
            return true;
        }
    }

    /// <summary>The broker has forgotten it.</summary>
    public void Told(string filter)
    {
        lock (_gate)
        {
            _unwanted = _unwanted.Remove(filter);
        }
    }

    private sealed record Holder(ImmutableArray<Subscription> All);
}
