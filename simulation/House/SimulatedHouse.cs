using System.Collections.Immutable;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Journal;
using Warehouse.Simulation.Checking;
using Warehouse.Simulation.Plant;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.House;

/// <summary>
/// The whole house on one thread: the production process over a store, a broker and a floor that outlive its kills. The
/// checker reads along between any two turns.
/// </summary>
public sealed class SimulatedHouse
{
    private const int PageChecked = 512;
    private const int ProblemsKept = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private int lives;
    private int commitsChecked = -1;

    /// <summary>A house of these floors; nothing moves before <see cref="Start"/>.</summary>
    public SimulatedHouse(ulong seed, DateTimeOffset start, ImmutableArray<WarehousePlan> plans, HouseOptions options)
    {
        Options = options;
        Scheduler = new DeterministicScheduler(seed, start) { BetweenSteps = _ => ReadAlong() };
        Codec = new JournalCodec(options.Nouns.Names);
        Floor = Scheduler.NewLane("floor");
        var floorClock = new LaneClock(Scheduler.Clock, Floor);
        Store = new MemoryJournalStore(Scheduler.Clock) { SyncTime = options.SyncTime };
        Journal = options.Journal(Store);
        Broker = new MemoryMqttBroker(floorClock);
        Manifests = [.. plans.SelectMany(FloorManifests.Of)];
        Cranes = Manifests.Where(one => one.Kind == DeviceKind.Crane)
            .ToImmutableSortedDictionary(one => one.Id, _ => new MemoryOpcUa(floorClock));
        Plant = new VirtualPlant(
            plans, new MemoryMqttLink(Broker, new MqttLinkOptions { ClientId = "plant" }, new Random(1)),
            aisle => Cranes[FloorPlan.Device(aisle)], floorClock, options.Plant, Scheduler.Chance.For("plant"));
        Silo = new SimulatedSilo(this, ++lives);
    }

    /// <summary>What it is built from.</summary>
    public HouseOptions Options { get; }

    /// <summary>Its one thread and its time.</summary>
    public DeterministicScheduler Scheduler { get; }

    /// <summary>What survives kills.</summary>
    public MemoryJournalStore Store { get; }

    /// <summary>The store as the house sees it.</summary>
    public IJournalStore Journal { get; }

    /// <summary>How the journal is written.</summary>
    public JournalCodec Codec { get; }

    /// <summary>Snapshots, which survive kills too.</summary>
    public MemorySnapshots Snapshots { get; } = new();

    /// <summary>The broker between house and floor.</summary>
    public MemoryMqttBroker Broker { get; }

    /// <summary>Machines and pickers.</summary>
    public VirtualPlant Plant { get; }

    /// <summary>The running process.</summary>
    public SimulatedSilo Silo { get; private set; }

    /// <summary>Reads along.</summary>
    public JournalChecker Checker { get; } = new();

    /// <summary>What landed, in order.</summary>
    public Digest Digest { get; } = new();

    /// <summary>The last failures that the house reported and went on from, newest last: deliveries tried again, writes that failed.</summary>
    public Queue<string> Problems { get; } = new();

    /// <summary>Called when a new process begins, so that faults can be set on its router.</summary>
    public Action<SimulatedSilo>? Reborn { get; set; }

    internal ImmutableArray<DeviceManifest> Manifests { get; }

    /// <summary>The sessions with the cranes.</summary>
    public ImmutableSortedDictionary<DeviceId, MemoryOpcUa> Cranes { get; }

    internal Lane Floor { get; }

    /// <summary>Broker, floor and process begin.</summary>
    public async Task Start()
    {
        await Floor.Start(Broker.Start);
        await Floor.Start(Plant.Start);
        await Silo.Start();
        Reborn?.Invoke(Silo);
    }

    /// <summary>Kill the process between two turns and start the next one from what the store has.</summary>
    public void KillAndRestart()
    {
        Silo.Kill();
        Store.LoseUnsynced();
        Silo = new SimulatedSilo(this, ++lives);
        Reborn?.Invoke(Silo);
        var next = Silo;
        Scheduler.Outside.Post(() => _ = next.Start());
    }

    /// <summary>Say something to the house from outside, as often as it takes to hear an answer. A kill in between only costs a repeat.</summary>
    public async Task<Answer> Tell(StreamId target, Envelope envelope)
    {
        while (true)
        {
            try
            {
                return await Silo.Router.Send(target, envelope).WaitAsync(Patience, Scheduler.Clock);
            }
            catch (Exception unknown) when (unknown is TimeoutException or StreamFaultedException or StreamClosedException or StreamBusyException or IOException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Scheduler.Clock);
            }
        }
    }

    internal void Note(string problem)
    {
        Problems.Enqueue($"{Scheduler.Clock.Elapsed} {problem}");
        if (Problems.Count > ProblemsKept)
        {
            Problems.Dequeue();
        }
    }

    /// <summary>Let the checker see what has landed since it looked last.</summary>
    public void ReadAlong()
    {
        if (Store.Commits == commitsChecked)
        {
            return;
        }

        commitsChecked = Store.Commits;
        while (Store.ReadFeed(Checker.Position, PageChecked).GetAwaiter().GetResult() is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                Digest.Add(row.Position);
                Digest.Add(row.Body.Span);
                Checker.See(row, Codec.Decode(row.Body.Span));
            }
        }
    }
}
