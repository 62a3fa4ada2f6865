using System.Collections.Immutable;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

public sealed partial class OpcUaLink
{
    /// <inheritdoc/>
    public Task<ImmutableArray<NodeValue>> Read(ImmutableArray<string> paths, CancellationToken cancellation = default) => Ask("read", async machine =>
    {
        var nodes = await machine.Find(paths, cancellation);
        var there = nodes.OfType<NodeId>().Select(ReadValueId.ValueOf).ToList();
        var values = new Queue<DataValue>(there.Count == 0 ? [] : await machine.Client.Read(there, cancellation));
        return ImmutableArray.CreateRange(paths.Zip(nodes, (path, node) => node is null
            ? new NodeValue(path, null, OpcUaStatus.BadNodeIdUnknown)
            : PlainValues.ToPlain(path, values.Dequeue())));
    });

    /// <inheritdoc/>
    public Task<ImmutableArray<OpcUaStatus>> Write(ImmutableArray<NodeValue> values, CancellationToken cancellation = default) => Ask("write", async machine =>
    {
        var nodes = await machine.Find([.. values.Select(value => value.Path)], cancellation);
        var types = new Queue<NodeId>(await machine.Nodes.DataTypes([.. nodes.OfType<NodeId>()], cancellation));
        var wire = values.Zip(nodes, (value, node) => node is { } there ? ToWrite(there, value, types.Dequeue(), machine) : null).ToList();
        var results = new Queue<StatusCode>(wire.Any(one => one is not null)
            ? await machine.Client.Write([.. wire.OfType<WriteValue>()], cancellation) : []);
        return ImmutableArray.CreateRange(wire.Zip(nodes, (write, node) => node is null ? OpcUaStatus.BadNodeIdUnknown
            : write is null ? OpcUaStatus.BadTypeMismatch : PlainValues.Status(results.Dequeue())));
    });

    /// <inheritdoc/>
    public Task<CallOutput> Call(string path, string method, ImmutableArray<object?> inputs, CancellationToken cancellation = default) => Ask(method, async machine =>
    {
        if (await machine.Nodes.Find(path, cancellation) is not { } target)
        {
            return CallOutput.Refused(OpcUaStatus.BadNodeIdUnknown);
        }

        if (await machine.Nodes.Method(target, method, cancellation) is not { } known)
        {
            return CallOutput.Refused(OpcUaStatus.BadMethodInvalid);
        }

        var arguments = inputs.Select((input, index) => index < known.Inputs.Length
            ? PlainValues.ToWire(input, known.Inputs[index].DataType, machine.Client.Types) : new Variant(input)).ToArray();
        if (arguments.Any(argument => argument is null))
        {
            return CallOutput.Refused(OpcUaStatus.BadInvalidArgument);
        }

        var result = (await machine.Client.Call([new(known.Object, known.Method, [.. arguments.Select(argument => argument!.Value)])], cancellation))[0];
        return new CallOutput(PlainValues.Status(result.StatusCode), [.. result.OutputArguments.Select(output => PlainValues.ToPlain(output))]);
    });

    /// <inheritdoc/>
    public Task<OpcUaStatus> Acknowledge(NodeEvent condition, string comment, CancellationToken cancellation = default) =>
        Answer(condition, comment, confirm: false, cancellation);

    /// <inheritdoc/>
    public Task<OpcUaStatus> Confirm(NodeEvent condition, string comment, CancellationToken cancellation = default) =>
        Answer(condition, comment, confirm: true, cancellation);

    private Task<OpcUaStatus> Answer(NodeEvent condition, string comment, bool confirm, CancellationToken cancellation) => Ask("acknowledge", async machine =>
        condition.Condition is { } state && machine.Nodes.TryParse(state.ConditionId, out var id)
            ? PlainValues.Status(await machine.Client.Acknowledge(id, [.. condition.EventId], comment, confirm, cancellation))
            : OpcUaStatus.BadNodeIdUnknown);

    /// <summary>A request on the session that is there. Whatever keeps it from an answer, nobody knows whether it was done.</summary>
    private async Task<T> Ask<T>(string what, Func<RemoteMachine, Task<T>> ask)
    {
        if (State != LinkState.Up || _machine is not { } machine)
        {
            throw new LinkDownException($"{what}: there is no session with {_options.EndpointUrl}");
        }

        try
        {
            return await ask(machine);
        }
        catch (OpcUaException failure)
        {
            if (failure.StatusCode == StatusCodes.BadSessionIdInvalid || failure.StatusCode == StatusCodes.BadSessionClosed)
            {
                machine.Client.Cut();
            }

            throw new LinkDownException($"{what}: {failure.Message}", failure);
        }
    }

    private static WriteValue? ToWrite(NodeId node, NodeValue value, NodeId dataType, RemoteMachine machine)
    {
        if (PlainValues.ToWire(value.Value, dataType, machine.Client.Types) is not { } wire)
        {
            return null;
        }

        // Many servers take no status and no time with a value (BadWriteNotSupported): only what was said is sent.
        var sent = new DataValue(wire, new StatusCode((uint)value.Status)) { SourceTimestamp = value.SourceTimestamp == default ? null : value.SourceTimestamp };
        return new WriteValue(node, AttributeId.Value, null, sent);
    }
}
