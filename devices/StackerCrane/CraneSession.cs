using System.Collections.Immutable;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.StackerCrane;

/// <summary>
/// One crane. Its own job list is the truth: after a lost reply or a reconnect it is read before anything is sent, so no
/// load is moved twice. A job stays in that list until its end is durable here and its command has left the outbox.
/// </summary>
public sealed class CraneSession : IDeviceSession
{
    /// <summary>How many finished jobs are remembered after they were cleared.</summary>
    public const int Remembered = 256;

    private readonly DeviceManifest _manifest;
    private readonly AisleId _aisle;
    private readonly IOpcUaLink _link;
    private readonly JobControl _jobs;
    private readonly ITelemetrySink _telemetry;
    private readonly DeviceClocks _clocks;
    private readonly LinkNews _news = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JobState> _listed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ending = new(StringComparer.Ordinal);
    private readonly Queue<string> _cleared = new();
    private CraneSeen _seen;
    private IFactSink? _facts;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The session of a crane's manifest.</summary>
    public CraneSession(DeviceManifest manifest, IOpcUaLink link, ITelemetrySink telemetry, DeviceClocks clocks)
    {
        _manifest = manifest;
        _aisle = AisleId.Parse($"{manifest.Warehouse}/{manifest.Name}");
        _link = link;
        _jobs = new JobControl(link);
        _telemetry = telemetry;
        _clocks = clocks;
        _seen = new CraneSeen(_aisle, 0, 0, "", null);
    }

    /// <inheritdoc/>
    public DeviceId Device => _manifest.Id;

    /// <inheritdoc/>
    public Task Attach(IFactSink facts)
    {
        _facts = facts;
        _jobs.JobChanged += OnJob;
        _link.ValueChanged += OnValue;
        _link.StateChanged += OnLink;
        _jobs.Watch();
        _link.Watch(new WatchedNode(CraneMapping.Along), new(CraneMapping.Up), new(CraneMapping.State, QueueSize: 10), new(CraneMapping.OnForks, QueueSize: 10));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation) =>
        [
            .. (await ReadList(cancellation))
                .Where(job => !CraneMapping.IsOurs(job.Order.JobOrderId, _aisle))
                .Select(job => new Difference(
                    $"job-{job.Order.JobOrderId}", $"the crane lists job '{job.Order.JobOrderId}' ({job.State}), which is not ours",
                    ["it has ended", "it was cleared at the crane"])),
        ];

    /// <inheritdoc/>
    public bool Has(MachineCommand command)
    {
        lock (_gate)
        {
            return command is MachineCommand.RunCraneJob && (_listed.ContainsKey(command.Id) || _cleared.Contains(command.Id));
        }
    }

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation)
    {
        if (entry.Command is not MachineCommand.RunCraneJob { Job: var job })
        {
            return SendResult.Refused($"a crane cannot do {entry.Command.GetType().Name}");
        }

        var inDoubt = false;
        while (!Has(entry.Command))
        {
            switch (permit.Answer)
            {
                case PermitAnswer.Closed:
                    return SendResult.Withheld;
                case PermitAnswer.Expired:
                    return SendResult.Expired;
                case PermitAnswer.Open:
                    break;
            }

            var changed = Changed;
            try
            {
                if (inDoubt)
                {
                    await ReadList(cancellation);
                    inDoubt = false;
                    continue;
                }

                var status = await _jobs.StoreAndStart(CraneMapping.ToJobOrder(job), cancellation);
                if (status is JobCallStatus.NoError)
                {
                    return SendResult.Accepted;
                }

                if (status is JobCallStatus.InvalidRequest or JobCallStatus.UnknownJobOrder)
                {
                    return SendResult.Refused($"the crane refused the job: {status}");
                }

                inDoubt = true;
            }
            catch (LinkDownException)
            {
                inDoubt = true;
            }

            await Pause.Until(changed, _manifest.Seconds(DeviceSettings.ResendSeconds), _clocks.Warehouse, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }

        return SendResult.Accepted;
    }

    private Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    private async Task<ImmutableArray<JobOrderAndState>> ReadList(CancellationToken cancellation)
    {
        var list = await _jobs.JobOrderList(cancellation);
        lock (_gate)
        {
            _listed.Clear();
        }

        foreach (var job in list)
        {
            OnJob(job);
        }

        return list;
    }

    private void OnJob(JobOrderAndState job)
    {
        if (!CraneMapping.IsOurs(job.Order.JobOrderId, _aisle))
        {
            return;
        }

        lock (_gate)
        {
            _listed[job.Order.JobOrderId] = job.State;
        }

        if (CraneMapping.ToSignal(job) is { } end)
        {
            _ = Conclude(job.Order.JobOrderId, end);
        }

        RingChanged();
    }

    /// <summary>Reports a job's end, and has the crane forget the job once that is durable. What fails is done again after the next look at the list.</summary>
    private async Task Conclude(string id, DeviceSignal end)
    {
        lock (_gate)
        {
            if (!_ending.Add(id))
            {
                return;
            }
        }

        try
        {
            if (await _facts!.Report(end, of: id))
            {
                Forget(id);
                await _jobs.Clear(id);
            }
        }
        catch (LinkDownException)
        {
            // The job stays in the crane's list and is found there by the next read-back.
        }
        finally
        {
            lock (_gate)
            {
                _ending.Remove(id);
            }
        }
    }

    private void Forget(string id)
    {
        lock (_gate)
        {
            _cleared.Enqueue(id);
            if (_cleared.Count > Remembered)
            {
                _cleared.Dequeue();
            }

            _listed.Remove(id);
        }
    }

    private void OnValue(NodeValue value)
    {
        if (value.Status.IsBad())
        {
            return;
        }

        CraneSeen seen;
        lock (_gate)
        {
            seen = _seen = CraneMapping.Seen(_seen, value);
        }

        _telemetry.Crane(seen);
    }

    private void OnLink(LinkState state)
    {
        if (state == LinkState.Stopped)
        {
            return;
        }

        var online = state == LinkState.Up;
        _news.CameBack(online);
        if (online)
        {
            _facts!.LinkCameBack();
        }

        _ = _news.Tell(online, _facts!);
        RingChanged();
    }

    private void RingChanged()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.TrySetResult();
    }
}
