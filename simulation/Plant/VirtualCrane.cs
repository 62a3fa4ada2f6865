using System.Collections.Immutable;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.StackerCrane;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// A stacker crane behind ISA-95 job control: it does its jobs one after another, moves both axes at once, and keeps
/// ended jobs in its list until they are cleared. Out and in places are at the front of the aisle, at floor height. When
/// it cannot end a job it says why and what is on its forks, and with a load on them starts only a job from its forks.
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
    private readonly PlaceId forks;
    private CraneStep step;
    private CraneFault? planned;
    private (int Along, int Up) position;

    internal VirtualCrane(
        AisleId id, WarehousePlan plan, IOpcUaServer server, FloorTruth truth, Agenda agenda, PlantOptions options)
    {
        Id = id;
        forks = new PlaceId(id.Text + "/forks");
        (this.plan, this.server, this.truth, this.agenda, this.options) = (plan, server, truth, agenda, options);
    }

    /// <summary>Which one.</summary>
    public AisleId Id { get; }

    /// <summary>What is on its forks.</summary>
    public Lpn? Load { get; private set; }

    /// <summary>Told of each step, after it was taken.</summary>
    public Action<CraneMotion>? Moved { get; set; }

    /// <summary>The next job ends in this fault, with its load on the forks if it got so far.</summary>
    public void FailNext(CraneFault fault) => agenda.Enter(() => planned = fault);

    /// <summary>A person takes the load off the forks.</summary>
    public Lpn? TakeOffForks()
    {
        Lpn? taken = null;
        agenda.Enter(() =>
        {
            (taken, Load) = (Load, null);
            WorkOn();
        });
        return taken;
    }

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

    internal bool Working => step is not (CraneStep.Idle or CraneStep.Done or CraneStep.Fault);

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

        Set(at, JobState.Aborted, CraneMapping.ToReason(CraneFault.GivenUp, null, "given up by order"));
        return JobCallStatus.NoError;
    }

    private void WorkOn()
    {
        var next = Working ? -1 : jobs.FindIndex(job =>
            job.State == JobState.AllowedToStart && (Load is null || Place(job.Order, CraneMapping.From) == forks));
        if (next < 0)
        {
            return;
        }

        busy.Begin(agenda.Now);
        var order = jobs[next].Order;
        Step(CraneStep.Reserved, order);
        Set(next, JobState.Running);
        if (Place(order, CraneMapping.From)!.Value is var from && from == forks)
        {
            Carry(order);
            return;
        }

        Step(CraneStep.ToPick, order);
        agenda.In(Travel(from), () =>
        {
            Step(CraneStep.ForkOut, order);
            agenda.In(options.Crane.TransferMilliseconds / 2, () => Taken(order, from));
        });
    }

    private void Taken(JobOrder order, PlaceId from)
    {
        var wanted = Lpn.Parse(order.Parameter(CraneMapping.Load)!);
        if (planned == CraneFault.SourceEmpty)
        {
            End(order, CraneFault.SourceEmpty, $"nothing to take at {from}");
            return;
        }

        Load = truth.Take(from, wanted);
        Step(CraneStep.Loaded, order);
        if (Load != wanted)
        {
            truth.Mishaps.Add($"{Id} wanted {wanted} at {from} and found {Load?.Text ?? "nothing"}");
            End(order, Load is null ? CraneFault.SourceEmpty : CraneFault.WrongLoad, $"not {wanted} at {from}");
            return;
        }

        agenda.In(options.Crane.TransferMilliseconds - (options.Crane.TransferMilliseconds / 2), () =>
        {
            if (planned is CraneFault.ForkNotCentred or CraneFault.Overload or CraneFault.Other)
            {
                End(order, planned.Value, $"stopped with {wanted} on the forks");
                return;
            }

            TellPosition();
            Carry(order);
        });
    }

    private void Carry(JobOrder order)
    {
        if (Load?.Text != order.Parameter(CraneMapping.Load))
        {
            End(order, Load is null ? CraneFault.SourceEmpty : CraneFault.WrongLoad, "not that load on the forks");
            return;
        }

        var to = Place(order, CraneMapping.To)!.Value;
        Step(CraneStep.ToDrop, order);
        agenda.In(Travel(to), () =>
        {
            if (planned == CraneFault.DestinationOccupied)
            {
                End(order, CraneFault.DestinationOccupied, $"{to} is occupied");
                return;
            }

            Step(CraneStep.ForkIn, order);
            agenda.In(options.Crane.TransferMilliseconds, () => SetDown(order, to));
        });
    }

    private void SetDown(JobOrder order, PlaceId to)
    {
        if (!truth.Put(Load!.Value, to))
        {
            End(order, CraneFault.DestinationOccupied, $"{to} is occupied");
            return;
        }

        Load = null;
        End(order, null, string.Empty);
    }

    private void End(JobOrder order, CraneFault? fault, string reason)
    {
        planned = null;
        busy.End(agenda.Now);
        Step(fault is null ? CraneStep.Done : CraneStep.Fault, order);
        Set(
            Find(order.JobOrderId), fault is null ? JobState.Ended : JobState.Aborted,
            fault is null ? string.Empty : CraneMapping.ToReason(fault.Value, Load, reason));
        WorkOn();
        if (!Working && step == CraneStep.Done)
        {
            Step(CraneStep.Idle, order);
        }

        TellPosition();
    }

    private void Step(CraneStep next, JobOrder order)
    {
        if (!CraneSteps.MayFollow(step, next))
        {
            throw new InvalidOperationException($"{Id}: {next} cannot follow {step}");
        }

        step = next;
        Moved?.Invoke(new CraneMotion(Id, agenda.Now, step, order.JobOrderId, position.Along, position.Up, Load));
    }

    private void TellPosition()
    {
        server.Write(new NodeValue(CraneMapping.Along, position.Along));
        server.Write(new NodeValue(CraneMapping.Up, position.Up));
        server.Write(new NodeValue(CraneMapping.OnForks, Load?.Text ?? string.Empty));
        server.Write(new NodeValue(CraneMapping.State, step.ToString()));
    }

    private int Travel(PlaceId to)
    {
        if (!CraneSteps.MayTravel(step))
        {
            throw new InvalidOperationException($"{Id} cannot travel while it is in {step}");
        }

        var bin = Rack.Find(Id, plan.Columns, plan.Levels, to, depth: 2);
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
