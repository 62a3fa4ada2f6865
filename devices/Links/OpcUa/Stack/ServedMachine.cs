using System.Security.Cryptography;
using Warehouse.OpcUa.Server;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>A machine's object at a server: its nodes are made from its model, and what clients do is handed to the machine, one at a time.</summary>
internal sealed class ServedMachine : IOpcUaServer
{
    private static readonly NodeId s_anyType = new(24);

    private readonly OpcUaMachineHost _host;
    private readonly AddressSpace _space;
    private readonly string _name;
    private readonly NodeId _root;
    private readonly Lock _asking = new();
    private readonly Dictionary<string, Node> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlarmCondition> _conditions = new(StringComparer.Ordinal);
    private IOpcUaMachine? _machine;

    public ServedMachine(OpcUaMachineHost host, string name, MachineModel model, NodeId folder)
    {
        (_host, _space, _name) = (host, host.Space, name);
        _root = Id(string.Empty);
        var root = _space.AddObject(folder, _root, new(1, name), reference: Ids.Organizes);
        root.EventNotifier = 1;
        _space.Refer(Ids.Server, Ids.HasNotifier, _root);
        foreach (var variable in model.Variables)
        {
            Add(variable);
        }

        foreach (var method in model.Methods)
        {
            Add(method);
        }

        foreach (var condition in model.Conditions)
        {
            _conditions[condition] = new AlarmCondition(_space, host.Clock, _root, Id(condition), new(1, condition))
            {
                Deciding = (eventId, comment, confirm) => Ask(machine => machine.Acknowledge(condition, [.. eventId], comment, confirm)),
            };
        }

        if (!model.JobMethods.IsEmpty)
        {
            AddReceiver([.. model.JobMethods]);
        }
    }

    public Task Start(IOpcUaMachine machine)
    {
        _machine = machine;
        _host.Serve(this);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _machine = null;
        return _host.Leave(this);
    }

    public void Write(NodeValue value) => _host.Tell(() =>
    {
        if (_variables.TryGetValue(value.Path, out var node))
        {
            _space.Write(node.NodeId, ToWire(node, value));
        }
    });

    public void Raise(NodeEvent occurrence) => _host.Tell(() =>
    {
        byte[] id = occurrence.EventId.IsEmpty ? RandomNumberGenerator.GetBytes(16) : [.. occurrence.EventId];
        if (occurrence.Condition is { } state)
        {
            if (_conditions.TryGetValue(state.ConditionId, out var condition))
            {
                condition.Set(state.Active, state.Acked, state.Confirmed, occurrence.Message, (ushort)Math.Clamp(occurrence.Severity, 1, 1000), id);
            }

            return;
        }

        var time = occurrence.Time == default ? _host.Clock.GetUtcNow().UtcDateTime : occurrence.Time;
        var told = new ServerEvent(
            _space.TypeNamed(occurrence.EventType) ?? Ids.BaseEventType, _root, occurrence.SourceName, occurrence.Message,
            (ushort)Math.Clamp(occurrence.Severity, 1, 1000), id, time);
        foreach (var field in occurrence.Fields)
        {
            told[field.Name] = PlainValues.ToWire(field.Value, s_anyType, _space.Types) ?? Variant.Null;
        }

        _space.Raise(told);
    });

    public async ValueTask DisposeAsync() => await Stop();

    private void Add(ModelVariable variable)
    {
        var (parent, name) = Parent(variable.Path);
        var node = _space.AddVariable(
            parent, Id(variable.Path), new(1, name), new NodeId((uint)variable.Type), Variant.Null, writable: variable.Writable);
        node.Description = new(variable.About);
        node.Unset();
        Bind(node, variable.Path, variable.LookedUp, variable.Writable);
    }

    private void Bind(Node node, string path, bool lookedUp, bool writable)
    {
        _variables[path] = node;
        if (lookedUp)
        {
            _space.Bind(node.NodeId, () => ToWire(node, LookUp(path) ?? new NodeValue(path, null, OpcUaStatus.BadWaitingForInitialData)));
        }

        if (writable)
        {
            _space.Bind(node.NodeId, value => Ask(machine => machine.Write(PlainValues.ToPlain(path, value))));
        }
    }

    private void Add(ModelMethod method)
    {
        var (parent, name) = Parent(method.Path.Length == 0 ? method.Name : $"{method.Path}/{method.Name}");
        var node = _space.AddMethod(
            parent, Id(method.Path.Length == 0 ? method.Name : $"{method.Path}/{method.Name}"), new(1, name), Arguments(method.Inputs), Arguments(method.Outputs),
            _ => CallMethodResult.Refused(StatusCodes.BadNotImplemented));
        Bind(node.NodeId, method.Path, name);
    }

    private void Bind(NodeId method, string path, string name)
    {
        var outputs = _space.ArgumentsOf(method, outputs: true);
        _space.Bind(method, call =>
        {
            var output = Ask(machine => machine.Call(path, name, [.. call.Inputs.Select(input => PlainValues.ToPlain(input))]));
            return output.Status.IsBad()
                ? CallMethodResult.Refused(new StatusCode((uint)output.Status))
                : CallMethodResult.Done([.. output.Outputs.Select((one, index) => PlainValues.ToWire(
                    one, index < outputs.Length ? outputs[index].DataType : s_anyType, _space.Types) ?? Variant.Null)]);
        });
    }

    private void AddReceiver(string[] methods)
    {
        var type = _space.TypeNamed("ISA95JobOrderReceiverObjectType") ?? throw new InvalidOperationException("the node set of job control is not loaded");
        var receiver = _space.Instantiate(_root, Id(JobControl.Receiver), new(1, JobControl.Receiver), type, methods);
        receiver.EventNotifier = 1;
        foreach (var name in methods)
        {
            Bind(_space.ChildNamed(receiver.NodeId, name), JobControl.Receiver, name);
        }

        Bind(_space.Get(_space.ChildNamed(receiver.NodeId, "JobOrderList")), JobControl.ListPath, lookedUp: true, writable: false);
    }

    private NodeValue? LookUp(string path)
    {
        lock (_asking)
        {
            return _machine?.Read(path);
        }
    }

    /// <summary>Asks the machine; one that is stopped does nothing.</summary>
    private T Ask<T>(Func<IOpcUaMachine, T> ask)
    {
        lock (_asking)
        {
            return _machine is { } machine ? ask(machine) : throw new OpcUaException(StatusCodes.BadServerHalted);
        }
    }

    private StatusCode Ask(Func<IOpcUaMachine, OpcUaStatus> ask) => new((uint)Ask<OpcUaStatus>(ask));

    private DataValue ToWire(Node node, NodeValue value)
    {
        var status = new StatusCode((uint)value.Status);
        var wire = status.IsBad ? Variant.Null : PlainValues.ToWire(value.Value, node.DataType, _space.Types);
        var now = _space.Now(wire ?? Variant.Null);
        return now with
        {
            StatusCode = wire is null ? StatusCodes.BadTypeMismatch : status,
            SourceTimestamp = value.SourceTimestamp == default ? now.SourceTimestamp : value.SourceTimestamp,
        };
    }

    /// <summary>The object above a path's last name; made, with those above it, when it is not there.</summary>
    private (NodeId Parent, string Name) Parent(string path)
    {
        var names = path.Split('/');
        var parent = _root;
        for (var i = 0; i < names.Length - 1; i++)
        {
            var id = Id(string.Join('/', names[..(i + 1)]));
            parent = _space.Find(id) is null ? _space.AddObject(parent, id, new(1, names[i])).NodeId : id;
        }

        return (parent, names[^1]);
    }

    private NodeId Id(string path) => new(1, path.Length == 0 ? _name : $"{_name}/{path}");

    private static Argument[] Arguments(IEnumerable<ModelArgument> arguments) =>
        [.. arguments.Select(one => new Argument(one.Name, new NodeId((uint)one.Type), -1, [], default))];
}
