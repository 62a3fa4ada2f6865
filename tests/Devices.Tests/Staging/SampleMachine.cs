using System.Collections.Immutable;
using Warehouse.Devices.Links.OpcUa;

namespace Warehouse.Devices.Tests.Staging;

/// <summary>A machine with a number that may be written, a text that may not, a method, an alarm, and jobs.</summary>
public sealed class SampleMachine(IOpcUaServer server) : IOpcUaMachine
{
    public const string Alarm = "DriveFault";

    public static readonly MachineModel Model = new()
    {
        Variables =
        [
            new("Number", PlainType.Int32, Writable: true), new("Text", PlainType.String), new("Position/X", PlainType.Int32),
            new("Clock", PlainType.Int64, LookedUp: true),
        ],
        Methods =
        [
            new("", "Double", [new("x", PlainType.Int32)], [new("y", PlainType.Int64)]), new("Drive", "Fail", [new("why", PlainType.String)], []),
        ],
        Conditions = [Alarm],
        JobMethods = JobReceiverMachine.Methods,
    };

    private readonly JobReceiverMachine _jobs = new(new HandCrane());
    private NodeEvent _alarm = new("AlarmConditionType", "sample", "", 1) { Condition = new(Alarm, Alarm, false, true, true, false) };
    private byte _events;

    public NodeValue? Read(string path) => path == "Clock" ? new(path, 42L) : _jobs.Read(path);

    public OpcUaStatus Write(NodeValue value)
    {
        if (value.Path != "Number" || value.Value is string)
        {
            return value.Path == "Number" ? OpcUaStatus.BadTypeMismatch : OpcUaStatus.BadNotWritable;
        }

        if (value.Number > 1000)
        {
            return OpcUaStatus.BadOutOfRange;
        }

        server.Write(value);
        return OpcUaStatus.Good;
    }

    public CallOutput Call(string path, string method, ImmutableArray<object?> inputs)
    {
        switch (path, method)
        {
            case ("", "Double"):
                return new(OpcUaStatus.Good, [new NodeValue("x", inputs[0]).Number * 2]);
            case ("Drive", "Fail"):
                Tell((string)inputs[0]!, new(Alarm, Alarm, true, false, false, true));
                return new(OpcUaStatus.Good, []);
            default:
                return _jobs.Call(path, method, inputs);
        }
    }

    public OpcUaStatus Acknowledge(string conditionId, ImmutableArray<byte> eventId, string comment, bool confirm)
    {
        if (!eventId.SequenceEqual(_alarm.EventId))
        {
            return OpcUaStatus.BadEventIdUnknown;
        }

        var state = _alarm.Condition!;
        if (!confirm && state.Acked)
        {
            return OpcUaStatus.BadConditionBranchAlreadyAcked;
        }

        Tell(comment, state with { Active = false, Acked = true, Confirmed = confirm, Retain = !confirm });
        return OpcUaStatus.Good;
    }

    private void Tell(string message, ConditionState state)
    {
        _alarm = _alarm with { Message = message, Severity = 700, Condition = state, EventId = [++_events, 0, 0, 0] };
        server.Raise(_alarm);
    }
}
