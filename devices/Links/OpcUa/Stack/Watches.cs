using System.Collections.Immutable;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>What is watched, over every session.</summary>
internal sealed class Watches(OpcUaLinkOptions options, Action<NodeValue> valueChanged, Action<NodeEvent> eventRaised)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WatchedNode> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _objects = new(StringComparer.Ordinal);

    /// <summary>How many.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _variables.Count + _objects.Count;
            }
        }
    }

    /// <summary>How many of them the server has not.</summary>
    public int Refused { get; set; }

    /// <summary>Whether any events are watched.</summary>
    public bool Events
    {
        get
        {
            lock (_gate)
            {
                return _objects.Count > 0;
            }
        }
    }

    public void Add(ImmutableArray<WatchedNode> nodes)
    {
        lock (_gate)
        {
            foreach (var node in nodes)
            {
                if (_variables.Count >= options.MaxWatched && !_variables.ContainsKey(node.Path))
                {
                    throw new InvalidOperationException($"{options.EndpointUrl}: more than {options.MaxWatched} variables are watched");
                }

                _variables[node.Path] = node;
            }
        }
    }

    public void Add(string path, ImmutableArray<string> fields)
    {
        lock (_gate)
        {
            _objects[path] = fields;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _variables.Clear();
            _objects.Clear();
        }
    }

    /// <summary>Paths that are watched and are not among these.</summary>
    public ImmutableArray<string> Missing(IReadOnlySet<string> variables, IReadOnlySet<string> objects, out ImmutableArray<string> events)
    {
        lock (_gate)
        {
            events = [.. _objects.Keys.Where(path => !objects.Contains(path))];
            return [.. _variables.Keys.Where(path => !variables.Contains(path))];
        }
    }

    /// <summary>A watched variable's monitored item.</summary>
    public MonitoredNode Variable(string path, NodeId node)
    {
        WatchedNode watched;
        lock (_gate)
        {
            watched = _variables.GetValueOrDefault(path) ?? new WatchedNode(path);
        }

        return new MonitoredNode(
            ReadValueId.ValueOf(node), watched.SamplingMilliseconds, (uint)Math.Max(1, watched.QueueSize),
            watched.AbsoluteDeadband > 0 ? new DataChangeFilter(DataChangeTrigger.StatusValue, (uint)DeadbandType.Absolute, watched.AbsoluteDeadband) : null)
        {
            ValueChanged = value => valueChanged(PlainValues.ToPlain(path, value)),
        };
    }

    /// <summary>A watched object's monitored item.</summary>
    public MonitoredNode Object(string path, NodeId node, RemoteEvents events)
    {
        ImmutableArray<string> fields;
        lock (_gate)
        {
            fields = _objects.TryGetValue(path, out var asked) ? asked : [];
        }

        return new MonitoredNode(
            new ReadValueId(node, AttributeId.EventNotifier, null, default), 0, (uint)options.EventQueueSize, events.Filter(fields))
        {
            EventRaised = told =>
            {
                if (events.ToEvent(told, fields) is { } occurrence)
                {
                    eventRaised(occurrence);
                }
            },
        };
    }
}
