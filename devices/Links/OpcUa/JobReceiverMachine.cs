using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>What a job order receiver does when its methods are called. Called one at a time.</summary>
public interface IJobReceiver
{
    /// <summary>The list as it is now.</summary>
    ImmutableArray<JobOrderAndState> JobOrderList { get; }

    /// <summary>Takes a job and allows its start.</summary>
    JobCallStatus StoreAndStart(JobOrder order);

    /// <summary>Gives up a job.</summary>
    JobCallStatus Abort(string jobOrderId);

    /// <summary>Takes back a job that has not begun.</summary>
    JobCallStatus Cancel(string jobOrderId);

    /// <summary>Removes a finished job from the list.</summary>
    JobCallStatus Clear(string jobOrderId);
}

/// <summary>A machine that is a job order receiver and nothing else: its nodes are those of <see cref="JobControl"/>.</summary>
public sealed class JobReceiverMachine(IJobReceiver receiver) : IOpcUaMachine
{
    /// <summary>The methods that it has; the others of the standard's are optional, and clients do not see them.</summary>
    public static ImmutableArray<string> Methods { get; } =
        [nameof(IJobReceiver.StoreAndStart), nameof(IJobReceiver.Abort), nameof(IJobReceiver.Cancel), nameof(IJobReceiver.Clear)];

    /// <summary>The event that tells of a job's change.</summary>
    public static NodeEvent Changed(JobOrderAndState job) => new(JobControl.StatusEvent, JobControl.Receiver, job.State.ToString(), 100)
    {
        Fields = [new("JobOrder", JobOrderStructures.ToStructure(job.Order)), new("JobState", JobOrderStructures.ToStates(job))],
    };

    /// <inheritdoc/>
    public NodeValue? Read(string path) => path == JobControl.ListPath
        ? new(path, receiver.JobOrderList.Select(JobOrderStructures.ToStructure).ToArray())
        : null;

    /// <inheritdoc/>
    public OpcUaStatus Write(NodeValue value) => OpcUaStatus.BadNotWritable;

    /// <inheritdoc/>
    public CallOutput Call(string path, string method, ImmutableArray<object?> inputs)
    {
        if (path != JobControl.Receiver || inputs.IsEmpty)
        {
            return CallOutput.Refused(OpcUaStatus.BadMethodInvalid);
        }

        JobCallStatus? status = method switch
        {
            nameof(IJobReceiver.StoreAndStart) => StoreAndStart(inputs[0]),
            nameof(IJobReceiver.Abort) => receiver.Abort(Id(inputs[0])),
            nameof(IJobReceiver.Cancel) => receiver.Cancel(Id(inputs[0])),
            nameof(IJobReceiver.Clear) => receiver.Clear(Id(inputs[0])),
            _ => null,
        };
        return status is { } done ? new(OpcUaStatus.Good, [(ulong)done]) : CallOutput.Refused(OpcUaStatus.BadMethodInvalid);
    }

    /// <inheritdoc/>
    public OpcUaStatus Acknowledge(string conditionId, ImmutableArray<byte> eventId, string comment, bool confirm) => OpcUaStatus.BadNodeIdUnknown;

    private JobCallStatus StoreAndStart(object? structure)
    {
        try
        {
            return receiver.StoreAndStart(JobOrderStructures.ToOrder(structure));
        }
        catch (FormatException)
        {
            return JobCallStatus.InvalidRequest;
        }
    }

    private static string Id(object? input) => input as string ?? string.Empty;
}
