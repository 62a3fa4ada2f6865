using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// The nodes that a server shows. It is built before the server starts, from node sets and by code; after that values change
/// and nodes do not. All access runs under <see cref="Gate"/>.
/// </summary>
public sealed class AddressSpace
{
    private readonly Dictionary<NodeId, Node> _nodes = [];
    private readonly List<string> _namespaces = ["http://opcfoundation.org/UA/"];
    private readonly TimeProvider _clock;

    /// <summary>Nothing but namespace 0's core (Server object, types) and the server's own namespace.</summary>
    public AddressSpace(string applicationUri, TimeProvider clock)
    {
        _clock = clock;
        _namespaces.Add(applicationUri);
        CoreNodes.AddTo(this);
    }

    /// <summary>Held while nodes are read or changed.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The structures known by definition.</summary>
    public TypeTable Types { get; } = new();

    /// <summary>The namespaces by their indexes.</summary>
    public IReadOnlyList<string> Namespaces => _namespaces;

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>The alarms, for ConditionRefresh.</summary>
    internal List<AlarmCondition> Conditions { get; } = [];

    internal IEnumerable<Node> Nodes => _nodes.Values;

    /// <summary>The index of a namespace; adds it when it is new.</summary>
    public ushort IndexOf(string namespaceUri)
    {
        var index = _namespaces.IndexOf(namespaceUri);
        if (index < 0)
        {
            index = _namespaces.Count;
            _namespaces.Add(namespaceUri);
        }

        return (ushort)index;
    }

    /// <summary>A node; null when there is none.</summary>
    public Node? Find(NodeId id) => _nodes.GetValueOrDefault(id);

    /// <summary>A node that must be there.</summary>
    public Node Get(NodeId id) => Find(id) ?? throw new OpcUaException(StatusCodes.BadNodeIdUnknown, id.ToString());

    /// <summary>Adds a node.</summary>
    public Node Add(Node node)
    {
        if (!_nodes.TryAdd(node.NodeId, node))
        {
            throw new ArgumentException($"{node.NodeId} is there twice", nameof(node));
        }

        return node;
    }

    /// <summary>Adds a reference, seen from both ends. An end that is not there keeps the other's.</summary>
    public void Refer(NodeId from, NodeId type, NodeId to)
    {
        Find(from)?.Add(new Reference(type, true, to));
        Find(to)?.Add(new Reference(type, false, from));
    }

    /// <summary>Adds an object below another.</summary>
    public Node AddObject(NodeId parent, NodeId id, QualifiedName name, NodeId? type = null, NodeId? reference = null)
    {
        var node = Add(new Node(id, NodeClass.Object, name));
        Refer(parent, reference ?? Ids.HasComponent, id);
        node.Add(new Reference(Ids.HasTypeDefinition, true, type ?? Ids.BaseObjectType));
        return node;
    }

    /// <summary>Adds a variable below a node, with its first value.</summary>
    public Node AddVariable(
        NodeId parent, NodeId id, QualifiedName name, NodeId dataType, Variant value, int valueRank = -1, bool writable = false, NodeId? reference = null)
    {
        var node = Add(new Node(id, NodeClass.Variable, name)
        {
            DataType = dataType, ValueRank = valueRank, AccessLevel = writable ? (byte)3 : (byte)1,
        });
        Refer(parent, reference ?? Ids.HasComponent, id);
        node.Add(new Reference(Ids.HasTypeDefinition, true, reference == Ids.HasProperty ? Ids.PropertyType : Ids.BaseDataVariableType));
        node.Stored = Now(value);
        return node;
    }

    /// <summary>Adds a method below an object.</summary>
    public Node AddMethod(NodeId parent, NodeId id, QualifiedName name, Argument[] inputs, Argument[] outputs, MethodHandler handler)
    {
        var node = Add(new Node(id, NodeClass.Method, name) { OnCall = handler });
        Refer(parent, Ids.HasComponent, id);
        AddArguments(node, "InputArguments", inputs);
        AddArguments(node, "OutputArguments", outputs);
        return node;
    }

    /// <summary>Has a method run by this code.</summary>
    public void Bind(NodeId method, MethodHandler handler) => Get(method).OnCall = handler;

    /// <summary>Has a variable's value given when it is asked for.</summary>
    public void Bind(NodeId variable, Func<DataValue> read) => Get(variable).OnRead = read;

    /// <summary>Has a client's write decided by this code; it stores what it takes.</summary>
    public void Bind(NodeId variable, Func<DataValue, StatusCode> write) => Get(variable).OnWrite = write;

    /// <summary>Sets a variable and tells those who watch it.</summary>
    public void Write(NodeId variable, Variant value) => Write(variable, Now(value));

    /// <summary>Sets a variable with quality and time.</summary>
    public void Write(NodeId variable, DataValue value)
    {
        lock (Gate)
        {
            Store(Get(variable), value);
        }
    }

    /// <summary>Sets many at once: they are told together.</summary>
    public void Write(IReadOnlyList<(NodeId Variable, Variant Value)> values)
    {
        lock (Gate)
        {
            foreach (var (variable, value) in values)
            {
                Store(Get(variable), Now(value));
            }
        }
    }

    /// <summary>A good value of this moment.</summary>
    public DataValue Now(Variant value)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return new DataValue(value) { SourceTimestamp = now, ServerTimestamp = now };
    }

    /// <summary>Tells an event to those who watch its source, whatever it is a part of, and the Server object (Part 3, 7.17 and 7.18).</summary>
    public void Raise(ServerEvent occurrence)
    {
        lock (Gate)
        {
            HashSet<NodeId> told = [];
            Queue<NodeId> up = new([occurrence.SourceNode]);
            while (up.TryDequeue(out var id))
            {
                if (!told.Add(id) || Find(id) is not { } node)
                {
                    continue;
                }

                node.Watchers.ForEach(watcher => watcher.Offer(occurrence));
                foreach (var reference in node.References.Where(one => !one.IsForward && IsSubtype(one.ReferenceType, Ids.HasEventSource)))
                {
                    up.Enqueue(reference.Target);
                }
            }

            if (!told.Contains(Ids.Server))
            {
                Get(Ids.Server).Watchers.ForEach(watcher => watcher.Offer(occurrence));
            }
        }
    }

    internal static void Store(Node node, DataValue value)
    {
        node.Stored = value;
        foreach (var watcher in node.Watchers)
        {
            watcher.Offer(value);
        }
    }

    /// <summary>Whether a type is another one or comes from it.</summary>
    internal bool IsSubtype(NodeId type, NodeId ancestor)
    {
        for (var steps = 0; steps < 64; steps++)
        {
            if (type == ancestor)
            {
                return true;
            }

            var parent = Find(type)?.References.FirstOrDefault(one => !one.IsForward && one.ReferenceType == Ids.HasSubtype);
            if (parent is not { Target.IsNull: false } up)
            {
                return false;
            }

            type = up.Target;
        }

        return false;
    }

    /// <summary>The child of a name below a node; the default NodeId when there is none.</summary>
    internal NodeId Child(NodeId node, QualifiedName name) => (Find(node)?.References ?? [])
        .Where(one => one.IsForward && Find(one.Target)?.BrowseName == name && IsSubtype(one.ReferenceType, Ids.HierarchicalReferences))
        .Select(one => one.Target).FirstOrDefault();

    /// <summary>The type of a browse name; null when there is none.</summary>
    public NodeId? TypeNamed(string name) => _nodes.Values
        .Where(node => node.NodeClass == NodeClass.ObjectType && node.BrowseName.Name == name).Select(node => (NodeId?)node.NodeId).FirstOrDefault();

    /// <summary>The child of a browse name, whatever its namespace is; the null NodeId when there is none.</summary>
    public NodeId ChildNamed(NodeId node, string name) => (Find(node)?.References ?? [])
        .Where(one => one.IsForward && Find(one.Target)?.BrowseName.Name == name && IsSubtype(one.ReferenceType, Ids.HierarchicalReferences))
        .Select(one => one.Target).FirstOrDefault();

    /// <summary>What a method declares to want or to give.</summary>
    public Argument[] ArgumentsOf(NodeId method, bool outputs) =>
        Find(ChildNamed(method, outputs ? "OutputArguments" : "InputArguments"))?.Stored.Value.Value is ExtensionObject[] arguments
            ? [.. arguments.Select(argument => argument.Body).OfType<Argument>()] : [];

    private void AddArguments(Node method, string name, Argument[] arguments)
    {
        if (arguments.Length == 0)
        {
            return;
        }

        var id = method.NodeId.IdType == IdType.String
            ? new NodeId(method.NodeId.NamespaceIndex, $"{method.NodeId.Text}.{name}")
            : new NodeId(method.NodeId.NamespaceIndex, $"{method.NodeId}.{name}");
        AddVariable(method.NodeId, id, new QualifiedName(name), new NodeId(296),
            new Variant(arguments.Select(ExtensionObject.Of).ToArray()), valueRank: 1, reference: Ids.HasProperty);
    }
}
