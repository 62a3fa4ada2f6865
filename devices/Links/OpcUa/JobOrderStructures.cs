using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>Between job orders and the structures of OPC 10031-4. Pure; a structure that lacks what it must have throws <see cref="FormatException"/>.</summary>
public static class JobOrderStructures
{
    /// <summary>A job as ISA95JobOrderDataType.</summary>
    public static OpcUaStructure ToStructure(JobOrder order) => new("ISA95JobOrderDataType",
    [
        new("JobOrderID", order.JobOrderId),
        new("WorkMasterID", new[] { new OpcUaStructure("ISA95WorkMasterDataType", [new("ID", order.WorkMaster)]) }),
        new("JobOrderParameters", order.Parameters.Select(ToStructure).ToArray()),
    ]);

    /// <summary>A row of the list as ISA95JobOrderAndStateDataType; the reason is the state's text.</summary>
    public static OpcUaStructure ToStructure(JobOrderAndState row) => new("ISA95JobOrderAndStateDataType",
    [
        new("JobOrder", ToStructure(row.Order)),
        new("State", ToStates(row)),
    ]);

    /// <summary>The state of a job as ISA95StateDataType.</summary>
    public static OpcUaStructure[] ToStates(JobOrderAndState row) =>
        [new("ISA95StateDataType", [new("StateText", row.Reason.Length == 0 ? row.State.ToString() : row.Reason), new("StateNumber", StateNumber(row.State))])];

    /// <summary>A job from its structure.</summary>
    public static JobOrder ToOrder(object? structure) => structure is OpcUaStructure order && order["JobOrderID"] is string { Length: > 0 } id
        ? new(id, WorkMaster(order), [.. Structures(order["JobOrderParameters"]).Select(ToParameter)])
        : throw new FormatException("a job order has a JobOrderID");

    /// <summary>A row from its structure.</summary>
    public static JobOrderAndState ToRow(object? structure) => structure is OpcUaStructure row
        ? ToRow(row["JobOrder"], row["State"])
        : throw new FormatException("a row of the list is a structure");

    /// <summary>A row from a job and its state.</summary>
    public static JobOrderAndState ToRow(object? order, object? states)
    {
        var state = Structures(states).FirstOrDefault() ?? throw new FormatException("a job has a state");
        var number = new NodeValue(string.Empty, state["StateNumber"]).Number;
        var value = number is >= 1 and <= 6 ? (JobState)(number - 1) : throw new FormatException($"{number} is no state of a job");
        var text = state["StateText"] as string ?? string.Empty;
        return new(ToOrder(order), value, text == value.ToString() ? string.Empty : text);
    }

    private static uint StateNumber(JobState state) => (uint)state + 1;

    private static OpcUaStructure ToStructure(JobParameter parameter) =>
        new("ISA95ParameterDataType", [new("ID", parameter.Id), new("Value", parameter.Value)]);

    private static JobParameter ToParameter(OpcUaStructure parameter) =>
        new(parameter["ID"] as string ?? string.Empty, new NodeValue(string.Empty, parameter["Value"]).Text);

    private static string WorkMaster(OpcUaStructure order) =>
        Structures(order["WorkMasterID"]).FirstOrDefault()?["ID"] as string ?? string.Empty;

    private static ImmutableArray<OpcUaStructure> Structures(object? value) => value switch
    {
        OpcUaStructure[] many => [.. many],
        OpcUaStructure one => [one],
        object?[] many => [.. many.OfType<OpcUaStructure>()],
        _ => [],
    };
}
