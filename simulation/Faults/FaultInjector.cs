using System.Collections.Immutable;
using Warehouse.Devices.Links.Memory;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Faults;

/// <summary>Strikes a house with the faults of its options, all drawn from the run's seed, and counts them.</summary>
public sealed class FaultInjector
{
    private const int LongestTwinSeconds = 300;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(40);

    private readonly SimulatedHouse house;
    private readonly Chance chance;
    private readonly Chance calls;
    private readonly Chance writes;
    private readonly Chance messages;
    private readonly SortedDictionary<string, long> fired = new(StringComparer.Ordinal);
    private readonly List<ITimer> planned = [];
    private int killsLeft;
    private long nextKill = long.MaxValue;
    private bool on;

    /// <summary>Faults for a house; they begin with <see cref="Begin"/>.</summary>
    public FaultInjector(SimulatedHouse house, FaultOptions options)
    {
        this.house = house;
        Options = options;
        chance = house.Scheduler.Chance.For("faults");
        calls = chance.For("calls");
        writes = chance.For("writes");
        messages = chance.For("messages");
        foreach (var kind in FaultKinds.All)
        {
            fired.Add(kind, 0);
        }

        var before = house.Scheduler.BetweenSteps;
        house.Scheduler.BetweenSteps = steps =>
        {
            before?.Invoke(steps);
            Between(steps);
        };
        house.Reborn = silo => silo.Router.Fault = Call;
        house.Store.Fault = Write;
        house.Broker.Fault = Message;
        foreach (var crane in house.Cranes.Values)
        {
            crane.Fault = CraneCall;
        }
    }

    /// <summary>What strikes.</summary>
    public FaultOptions Options { get; }

    /// <summary>How often each kind has struck.</summary>
    public ImmutableSortedDictionary<string, long> Fired => fired.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>From now on.</summary>
    public void Begin()
    {
        on = true;
        killsLeft = Options.Kills;
        PlanKill(house.Scheduler.Steps);
        AtTimes(Options.SecondActivations, FaultKinds.SecondActivation, ActivateAgain);
        AtTimes(Options.Stalls, FaultKinds.Stall, Stall);
        AtTimes(Options.Cuts, FaultKinds.Cut, () => _ = house.Broker.Cut(chance.Below(2) == 0 ? "silo" : "plant"));
        AtTimes(Options.Reboots, FaultKinds.Reboot, () => house.Plant.RebootTag(chance.Below(1000)));
        AtTimes(Options.DamagedSnapshots, FaultKinds.DamagedSnapshot, DamageSnapshot);
    }

    /// <summary>No more: now everything must come right.</summary>
    public void End()
    {
        on = false;
        planned.ForEach(timer => timer.Dispose());
        house.Store.Resume();
        house.Store.LandLate();
    }

    private void AtTimes(int times, string kind, Action strike)
    {
        for (var i = 0; i < times; i++)
        {
            planned.Add(house.Scheduler.Clock.CreateTimer(
                _ =>
                {
                    if (on)
                    {
                        fired[kind]++;
                        strike();
                    }
                }, null, TimeSpan.FromSeconds(chance.Between(1, (int)Span.TotalSeconds)), Timeout.InfiniteTimeSpan));
        }
    }

    private void Between(long steps)
    {
        if (on && steps >= nextKill)
        {
            fired[FaultKinds.Kill]++;
            killsLeft--;
            house.KillAndRestart();
            PlanKill(steps);
        }
    }

    private void PlanKill(long steps) =>
        nextKill = killsLeft > 0 ? steps + chance.Between(1, Options.StepsBetweenKills) : long.MaxValue;

    private void ActivateAgain()
    {
        var active = house.Silo.Active;
        if (active.Count > 0)
        {
            house.Silo.ActivateAgain(
                active[chance.Below(active.Count)], TimeSpan.FromSeconds(chance.Between(1, LongestTwinSeconds)));
        }
    }

    private void Stall()
    {
        house.Store.Stall();
        planned.Add(house.Scheduler.Clock.CreateTimer(
            _ => house.Store.Resume(), null, TimeSpan.FromSeconds(chance.Between(1, 20)), Timeout.InfiniteTimeSpan));
    }

    private void DamageSnapshot()
    {
        var streams = house.Snapshots.Streams;
        if (streams.Count > 0)
        {
            house.Snapshots.Tamper(
                streams[chance.Below(streams.Count)],
                snapshot => chance.Below(2) == 0 ? null : snapshot with { Checksum = snapshot.Checksum ^ 1 });
        }
    }

    private CallFault Call(StreamId target, Envelope envelope) => Drawn(calls, Options.Call, CallFault.None,
        (FaultKinds.CallLate, CallFault.Late), (FaultKinds.CallLost, CallFault.Lost), (FaultKinds.AnswerLost, CallFault.AnswerLost),
        (FaultKinds.CallTwice, CallFault.Repeated), (FaultKinds.CallTimedOut, CallFault.TimedOut));

    private StoreFault Write(IReadOnlyList<Append> batch) => Drawn(writes, Options.Write, StoreFault.None,
        (FaultKinds.WriteFailed, StoreFault.ThrowBefore), (FaultKinds.WriteFailedAfter, StoreFault.ThrowAfter),
        (FaultKinds.WriteLate, StoreFault.LandLate));

    private MqttFault Message(MqttHop hop) => Drawn(messages, Options.Message, MqttFault.None,
        (FaultKinds.MessageLost, MqttFault.Drop), (FaultKinds.MessageTwice, MqttFault.Duplicate),
        (FaultKinds.MessageLate, MqttFault.Late(TimeSpan.FromMilliseconds(messages.Between(100, 30_000)))));

    private OpcUaFault CraneCall(string method) => Drawn(messages, Options.CraneCall, OpcUaFault.None,
        (FaultKinds.CraneCallLost, OpcUaFault.LoseCall), (FaultKinds.CraneReplyLost, OpcUaFault.LoseReply));

    /// <summary>One of the faults, each so many times in a million; otherwise none.</summary>
    private T Drawn<T>(Chance from, int perMillion, T none, params ReadOnlySpan<(string Kind, T Fault)> faults)
    {
        var drawn = on && perMillion > 0 ? from.Below(1_000_000) / perMillion : int.MaxValue;
        if (drawn >= faults.Length)
        {
            return none;
        }

        fired[faults[drawn].Kind]++;
        return faults[drawn].Fault;
    }
}
