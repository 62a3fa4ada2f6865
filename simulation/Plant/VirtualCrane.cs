using System.Collections.Immutable;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.StackerCrane;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// A stacker crane behind ISA-95 job control: it does its jobs one after another, moves both axes at once, and keeps
/// ended jobs in its list until they are cleared. Out and in places are at the front of the aisle, at floor height.
/// </summary>
public sealed class VirtualCrane : IJobReceiver
{
    private const int LongestList = 100;

    private readonly WarehousePlan plan;
    private readonly IOpcUaServer server;
    private readonly FloorTruth truth;
    private readonly Agenda agenda;
    private readonly PlantOptions options;
    private readonly BusyTime busy = new();
    private readonly List<JobOrderAndState> jobs = [];
    private bool working;
    private (int Along, int Up) position;

    internal VirtualCrane(
        AisleId id, WarehousePlan plan, IOpcUaServer server, FloorTruth truth, Agenda agenda, PlantOptions options)
    {
        Id = id;
        (this.plan, this.server, this.truth, this.agenda, this.options) = (plan, server, truth, agenda, options);
    }

    /// <summary>Which one.</summary>
    public AisleId Id { get; }

    /// <summary>What is on its forks.</summary>
    public Lpn? Load { get; private set; }

    /// <inheritdoc/>
    public ImmutableArray<JobOrderAndState> JobOrderList => agenda.Read(() => jobs.ToImmutableArray());

    internal void Recall(CraneJob job) => agenda.Enter(() => jobs.Add(new JobOrderAndState(CraneMapping.ToJobOrder(job), JobState.AllowedToStart)));

    /// <summary>Begin to serve.</summary>
    public async Task Start()
    {
        await server.Start(new JobReceiverMachine(this));
        agenda.Enter(WorkOn);
    }

    /// <inheritdoc/>
    public JobCallStatus StoreAndStart(JobOrder order) => Enter(() =>
    {
        if (Find(order.JobOrderId) >= 0)
        {
            return JobCallStatus.InvalidJobOrderStatus;
        }

        if (jobs.Count == LongestList)
        {
            return JobCallStatus.UnableToAccept;
        }

        if (Place(order, CraneMapping.From) is null || Place(order, CraneMapping.To) is null)
        {
            return JobCallStatus.InvalidRequest;
        }

        jobs.Add(new JobOrderAndState(order, JobState.AllowedToStart));
        WorkOn();
        return JobCallStatus.NoError;
    });

    /// <inheritdoc/>
    public JobCallStatus Abort(string jobOrderId) => Enter(() => GiveUp(jobOrderId, alsoRunning: true));

    /// <inheritdoc/>
    public JobCallStatus Cancel(string jobOrderId) => Enter(() => GiveUp(jobOrderId, alsoRunning: false));

    /// <inheritdoc/>
    public JobCallStatus Clear(string jobOrderId) => Enter(() =>
    {
        var at = Find(jobOrderId);
        if (at < 0)
        {
            return JobCallStatus.UnknownJobOrder;
        }

        if (jobs[at].State is not (JobState.Ended or JobState.Aborted))
        {
            return JobCallStatus.InvalidJobOrderStatus;
        }

        jobs.RemoveAt(at);
        return JobCallStatus.NoError;
    });

    internal bool Working => working;

    internal long BusyUntil(long now) => busy.Until(now);

    private JobCallStatus GiveUp(string id, bool alsoRunning)
    {
        var at = Find(id);
        if (at < 0)
        {
            return JobCallStatus.UnknownJobOrder;
        }

        if (jobs[at].State != JobState.AllowedToStart)
        {
            // A load on the forks has to be set down first; this crane always ends what it began.
            return alsoRunning && jobs[at].State == JobState.Running ? JobCallStatus.UnableToAccept : JobCallStatus.InvalidJobOrderStatus;
        }

        Set(at, JobState.Aborted, "given up by order");
        return JobCallStatus.NoError;
    }

    private void WorkOn()
    {
        var next = working ? -1 : jobs.FindIndex(job => job.State == JobState.AllowedToStart);
        if (next < 0)
        {
            return;
        }

        working = true;
        busy.Begin(agenda.Now);
        Set(next, JobState.Running);
        var order = jobs[next].Order;
        var from = Place(order, CraneMapping.From)!.Value;
        agenda.In(Travel(from) + options.Crane.TransferMilliseconds, () => Taken(order, from));
    }

    private void Taken(JobOrder order, PlaceId from)
    {
        var wanted = Lpn.Parse(order.Parameter(CraneMapping.Load)!);
        Load = truth.Take(from, wanted);
        if (Load != wanted)
        {
            truth.Mishaps.Add($"{Id} wanted {wanted} at {from} and found {Load?.Text ?? "nothing"}");
            End(order, JobState.Aborted, $"nothing to take at {from}");
            return;
        }

        TellPosition();
        var to = Place(order, CraneMapping.To)!.Value;
        agenda.In(Travel(to) + options.Crane.TransferMilliseconds, () => SetDown(order, to));
    }

    private void SetDown(JobOrder order, PlaceId to)
    {
        var free = truth.Put(Load!.Value, to);
        Load = free ? null : Load;
        End(order, free ? JobState.Ended : JobState.Aborted, free ? string.Empty : $"{to} is occupied");
    }

    private void End(JobOrder order, JobState state, string reason)
    {
        working = false;
        busy.End(agenda.Now);
        Set(Find(order.JobOrderId), state, reason);
        TellPosition();
        WorkOn();
    }

    private void TellPosition()
    {
        server.Write(new NodeValue(CraneMapping.Along, position.Along));
        server.Write(new NodeValue(CraneMapping.Up, position.Up));
        server.Write(new NodeValue(CraneMapping.OnForks, Load?.Text ?? string.Empty));
        server.Write(new NodeValue(CraneMapping.State, working ? "working" : "idle"));
    }

    private int Travel(PlaceId to)
    {
        var bin = Rack.Find(Id, plan.Columns, plan.Levels, to);
        var target = bin is null ? (0, 0) : (bin.AlongMillimetres, bin.UpMillimetres);
        var time = Kinematics.CraneMilliseconds(options.Crane, target.Item1 - position.Along, target.Item2 - position.Up);
        position = target;
        return time;
    }

    private void Set(int at, JobState state, string reason = "")
    {
        jobs[at] = jobs[at] with { State = state, Reason = reason };
        server.Raise(JobReceiverMachine.Changed(jobs[at]));
    }

    private int Find(string id) => jobs.FindIndex(job => job.Order.JobOrderId == id);

    private static PlaceId? Place(JobOrder order, string parameter) =>
        order.Parameter(parameter) is { } text && Warehouse.Domain.Deciding.GrainKey.IsKey(text) ? PlaceId.Parse(text) : null;

    private JobCallStatus Enter(Func<JobCallStatus> call)
    {
        var status = JobCallStatus.UnableToAccept;
        agenda.Enter(() => status = call());
        return status;
    }
}
