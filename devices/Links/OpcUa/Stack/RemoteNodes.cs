using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>A method and the data types of its arguments.</summary>
internal sealed record RemoteMethod(NodeId Object, NodeId Method, Argument[] Inputs);

/// <summary>
/// Where a machine's paths lead at its server, looked up once in a session. Names are matched whatever their namespace is:
/// indexes differ from server to server, and a machine has no two children of one name.
/// </summary>
internal sealed class RemoteNodes(OpcUaClient client, string machine, string[] namespaces)
{
    /// <summary>Paths that are remembered; a caller that makes up more is answered from the wire each time.</summary>
    private const int MostRemembered = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, NodeId> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, NodeId> _dataTypes = [];
    private readonly Dictionary<(NodeId Object, string Name), RemoteMethod> _methods = [];

    /// <summary>The node of a path; null when it leads nowhere.</summary>
    public async Task<NodeId?> Find(string path, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(path, out var known))
            {
                return known;
            }
        }

        var found = TryParse(path, out var id) ? id
            : await Follow(path.Length == 0 || machine.Length == 0 ? machine + path : $"{machine}/{path}", cancellation);
        if (found is { } node)
        {
            lock (_gate)
            {
                Remember(_nodes, path, node);
            }
        }

        return found;
    }

    /// <summary>The data types of variables, in their order; the null NodeId of one that has none.</summary>
    public async Task<NodeId[]> DataTypes(IReadOnlyList<NodeId> variables, CancellationToken cancellation)
    {
        List<NodeId> unknown;
        lock (_gate)
        {
            unknown = [.. variables.Where(variable => !_dataTypes.ContainsKey(variable)).Distinct()];
        }

        var told = unknown.Count == 0 ? []
            : await client.Read([.. unknown.Select(variable => new ReadValueId(variable, AttributeId.DataType, null, default))], cancellation);
        lock (_gate)
        {
            var now = unknown.Zip(told, (variable, type) => (variable, type.Value.Value is NodeId id ? id : default)).ToDictionary();
            foreach (var (variable, type) in now)
            {
                Remember(_dataTypes, variable, type);
            }

            return [.. variables.Select(variable => now.TryGetValue(variable, out var type) ? type : _dataTypes[variable])];
        }
    }

    /// <summary>A method of an object, by its name; null when it has none such.</summary>
    public async Task<RemoteMethod?> Method(NodeId target, string name, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_methods.TryGetValue((target, name), out var known))
            {
                return known;
            }
        }

        var method = (await client.Browse(target, cancellation: cancellation))
            .FirstOrDefault(one => one.NodeClass == NodeClass.Method && one.BrowseName.Name == name);
        if (method is null)
        {
            return null;
        }

        var arguments = (await client.Browse(method.NodeId.NodeId, Ids.HasProperty, cancellation: cancellation))
            .FirstOrDefault(one => one.BrowseName.Name == "InputArguments");
        Argument[] inputs = arguments is not null && (await client.Read(arguments.NodeId.NodeId, cancellation)).Value.Value is ExtensionObject[] declared
            ? [.. declared.Select(one => one.Body).OfType<Argument>()] : [];
        var found = new RemoteMethod(target, method.NodeId.NodeId, inputs);
        lock (_gate)
        {
            Remember(_methods, (target, name), found);
        }

        return found;
    }

    /// <summary>Reads a node id, with its namespace's URI or index.</summary>
    public bool TryParse(string text, out NodeId id)
    {
        const string byUri = "nsu=";
        if (!text.StartsWith(byUri, StringComparison.Ordinal))
        {
            return NodeId.TryParse(text, out id);
        }

        id = default;
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var index = end < 0 ? -1 : Array.IndexOf(namespaces, text[byUri.Length..end]);
        if (index < 0 || !NodeId.TryParse(text[(end + 1)..], out var local))
        {
            return false;
        }

        id = local.In((ushort)index);
        return true;
    }

    private async Task<NodeId?> Follow(string path, CancellationToken cancellation)
    {
        if (path.Length == 0)
        {
            return Ids.ObjectsFolder;
        }

        // A machine's object may be named by its id, and its parts by names from there.
        var (node, rest) = TryParse(machine, out var root)
            ? (root, path.Length > machine.Length ? path[(machine.Length + 1)..] : string.Empty)
            : (Ids.ObjectsFolder, path);
        foreach (var name in rest.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var children = (await client.BrowseEach([node], cancellation: cancellation))[0];
            if (children.References.FirstOrDefault(one => one.BrowseName.Name == name && one.NodeId.ServerIndex == 0) is not { } child)
            {
                return null;
            }

            node = child.NodeId.NodeId;
        }

        return node;
    }

    private static void Remember<TKey, TValue>(Dictionary<TKey, TValue> into, TKey key, TValue value)
        where TKey : notnull
    {
        if (into.Count < MostRemembered)
        {
            into[key] = value;
        }
    }
}
