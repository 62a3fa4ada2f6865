using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>
/// ISA-95 job control (OPC 10031-4, ISA95JobOrderReceiverObjectType) over a link. After a lost reply, read the list.
/// </summary>
public sealed class JobControl
{
    /// <summary>Path of the job order receiver below the machine's object.</summary>
    public const string Receiver = "JobOrderControl";

    /// <summary>Path of the list.</summary>
    public const string ListPath = Receiver + "/JobOrderList";

    /// <summary>Type of the event that tells of a job's change (ISA95JobOrderStatusEventType).</summary>
    public const string StatusEvent = "ISA95JobOrderStatusEventType";

    private readonly IOpcUaLink _link;

    /// <summary>Over a link; watches nothing yet.</summary>
    public JobControl(IOpcUaLink link)
    {
        _link = link;
        link.EventRaised += OnEvent;
    }

    /// <summary>Told of each change of a job's state while the session lasts. Changes during a cut may not be told: read the list.</summary>
    public event Action<JobOrderAndState>? JobChanged;

    /// <summary>Has the changes of jobs told from now on.</summary>
    public void Watch() => _link.WatchEvents(string.Empty, "JobOrder", "JobState");

    /// <summary>Stores a job; it waits for <see cref="Start"/>.</summary>
    public Task<JobCallStatus> Store(JobOrder order, CancellationToken cancellation = default) =>
        Call(nameof(Store), JobOrderStructures.ToStructure(order), cancellation);

    /// <summary>Stores a job and allows its start.</summary>
    public Task<JobCallStatus> StoreAndStart(JobOrder order, CancellationToken cancellation = default) =>
        Call(nameof(StoreAndStart), JobOrderStructures.ToStructure(order), cancellation);

    /// <summary>Allows a stored job to start.</summary>
    public Task<JobCallStatus> Start(string jobOrderId, CancellationToken cancellation = default) => Call(nameof(Start), jobOrderId, cancellation);

    /// <summary>Holds a running job.</summary>
    public Task<JobCallStatus> Pause(string jobOrderId, CancellationToken cancellation = default) => Call(nameof(Pause), jobOrderId, cancellation);

    /// <summary>Goes on with a held job.</summary>
    public Task<JobCallStatus> Resume(string jobOrderId, CancellationToken cancellation = default) => Call(nameof(Resume), jobOrderId, cancellation);

    /// <summary>Gives up a job that runs or waits.</summary>
    public Task<JobCallStatus> Abort(string jobOrderId, CancellationToken cancellation = default) => Call(nameof(Abort), jobOrderId, cancellation);

    /// <summary>Takes back a job that has not begun.</summary>
    public Task<JobCallStatus> Cancel(string jobOrderId, CancellationToken cancellation = default) => Call(nameof(Cancel), jobOrderId, cancellation);

    /// <summary>Removes a job that ended or was given up from the list.</summary>
    public Task<JobCallStatus> Clear(string jobOrderId, CancellationToken cancellation = default) => Call(nameof(Clear), jobOrderId, cancellation);

    /// <summary>Reads the machine's job order list.</summary>
    public async Task<ImmutableArray<JobOrderAndState>> JobOrderList(CancellationToken cancellation = default)
    {
        var list = (await _link.Read([ListPath], cancellation))[0];
        if (list is not { Status: OpcUaStatus.Good, Value: Array rows })
        {
            throw new LinkDownException($"{ListPath}: {list.Status}");
        }

        try
        {
            return [.. rows.Cast<object?>().Select(row => JobOrderStructures.ToRow(row))];
        }
        catch (FormatException wrong)
        {
            throw new LinkDownException($"{ListPath}: {wrong.Message}", wrong);
        }
    }

    private async Task<JobCallStatus> Call(string method, object input, CancellationToken cancellation)
    {
        ImmutableArray<object?> inputs = [input, Array.Empty<string>()];
        var output = await _link.Call(Receiver, method, inputs, cancellation);
        return output.Status.IsBad() || output.Outputs.IsEmpty
            ? throw new LinkDownException($"{method}: {output.Status}")
            : (JobCallStatus)new NodeValue(method, output.Outputs[0]).Number;
    }

    /// <summary>The standard's event type is abstract: a machine's own comes from it and is known by its fields.</summary>
    private void OnEvent(NodeEvent occurrence)
    {
        if (occurrence["JobOrder"] is not { } order || occurrence["JobState"] is not { } state)
        {
            return;
        }

        JobOrderAndState job;
        try
        {
            job = JobOrderStructures.ToRow(order, state);
        }
        catch (FormatException)
        {
            // What cannot be read is told to nobody; the list has it.
            return;
        }

        JobChanged?.Invoke(job);
    }
}
