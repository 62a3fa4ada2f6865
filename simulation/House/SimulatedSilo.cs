using System.Collections.Immutable;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Journal;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.House;

/// <summary>
/// One life of the house's process: production streams, committer, dispatcher and device sessions over what survives
/// it (store, snapshots, broker, machines). A kill drops all of it between two turns; the next life starts from the store.
/// </summary>
#pragma warning disable CA1001 // It is killed, not disposed: its links are abandoned as a dead process's are.
public sealed class SimulatedSilo
#pragma warning restore CA1001
{
    private readonly SimulatedProcess process;
    private readonly Dictionary<StreamId, Activation> active = [];
    private readonly Dictionary<StreamId, (Activation Elder, TimeSpan Until)> elders = [];
    private readonly VirtualClock clock;
    private readonly Chance whichTwin;
    private readonly Committer committer;
    private readonly Dispatcher dispatcher;
    private readonly SessionHost sessions;
    private readonly StreamPorts ports;
    private readonly LaneMqttLink mqtt;
    private readonly List<LaneOpcUaLink> cranes = [];
    private readonly Lane writing;
    private readonly Lane dispatching;
    private readonly Lane speaking;
    private int activations;

    internal SimulatedSilo(SimulatedHouse house, int life)
    {
        process = house.Scheduler.NewProcess($"silo-{life}");
        writing = process.Lane("committer");
        dispatching = process.Lane("dispatcher");
        speaking = process.Lane("sessions");
        clock = house.Scheduler.Clock;
        whichTwin = house.Scheduler.Chance.For($"twins {life}");
        Router = new SimulatedRouter(Run, clock, house.Scheduler.Chance.For($"router {life}"));
        var router = house.Options.Router(Router);
        // A write takes no processor here, and a step back costs a turn: few are enough to meet company.
        committer = new Committer(house.Journal, new CommitterOptions { MaxGatherings = 4 });
        dispatcher = new Dispatcher(house.Journal, router, house.Codec, clock, clock, house.Options.Dispatcher with
        {
            DeliveryFailed = (effect, failure) => house.Note($"{effect}: {failure.Message}"),
            StoreFailed = failure => house.Note(failure.Message),
        });
        ports = new StreamPorts(house.Options.Nouns, house.Codec, house.Journal, committer, house.Snapshots, clock, house.Options.Streams);
        mqtt = new LaneMqttLink(
            new MemoryMqttLink(house.Broker, new MqttLinkOptions { ClientId = "silo" }, new Random(life)), speaking);
        var desk = new SimulatedDesk(router, house.Codec);
        sessions = new SessionHost(
            house.Manifests, new DeviceLinks(mqtt, manifest => CraneLink(house, manifest)), desk, NoTelemetry.Sink,
            new DeviceClocks(clock, clock), house.Options.Sessions with { Seed = life });
        committer.Committed += dispatcher.Hear;
        committer.Committed += desk.Hear;
    }

    /// <summary>The network inside this life; faults are set on it.</summary>
    public SimulatedRouter Router { get; }

    /// <summary>Effects that are not settled, as far as this life knows.</summary>
    public int OpenEffects => dispatcher.Open;

    /// <summary>Streams that are active now, in order, for faults to choose among.</summary>
    public IReadOnlyList<StreamId> Active => [.. active.Keys.Order()];

    internal async Task Start()
    {
        writing.Post(committer.Start);
        dispatching.Post(dispatcher.Start);
        await speaking.Start(sessions.Start);
    }

    /// <summary>Run a command on its stream, activating that when it is not active.</summary>
    public Task<Answer> Run(StreamId target, Envelope envelope)
    {
        if (elders.TryGetValue(target, out var twin))
        {
            if (twin.Until <= clock.Elapsed)
            {
                elders.Remove(target);
            }
            else if (whichTwin.Below(2) == 0)
            {
                return RunOn(twin.Elder, target, envelope);
            }
        }

        if (!active.TryGetValue(target, out var activation))
        {
            active.Add(target, activation = new Activation(process.Lane($"{target}~{++activations}"), target, ports));
        }

        return RunOn(activation, target, envelope);
    }

    /// <summary>
    /// For so long the stream is active twice, and each call reaches one or the other, as when two silos take each
    /// other for dead. Afterwards the elder only ends what it has begun.
    /// </summary>
    public void ActivateAgain(StreamId target, TimeSpan during)
    {
        if (active.Remove(target, out var elder))
        {
            elders[target] = (elder, clock.Elapsed + during);
        }
    }

    /// <summary>The process is gone, between two turns.</summary>
    internal void Kill()
    {
        process.Kill();
        mqtt.Abandon();
        cranes.ForEach(crane => crane.Abandon());
    }

    private async Task<Answer> RunOn(Activation activation, StreamId target, Envelope envelope)
    {
        try
        {
            return await activation.Execute(envelope);
        }
        catch (Exception stopped) when (stopped is StreamFaultedException or StreamClosedException)
        {
            if (active.GetValueOrDefault(target) == activation)
            {
                active.Remove(target);
            }
            else if (elders.GetValueOrDefault(target).Elder == activation)
            {
                elders.Remove(target);
            }

            throw;
        }
    }

    private LaneOpcUaLink CraneLink(SimulatedHouse house, DeviceManifest manifest)
    {
        var link = new LaneOpcUaLink(house.Cranes[manifest.Id], speaking);
        cranes.Add(link);
        return link;
    }

    private sealed class Activation(Lane lane, StreamId id, StreamPorts ports)
    {
        private readonly Task<EventStream> stream = lane.Start(() => EventStream.Activate(id, ports));

        public Task<Answer> Execute(Envelope envelope) => lane.Start(async () => await (await stream).Execute(envelope));
    }
}

/// <summary>Nobody watches the map.</summary>
internal sealed class NoTelemetry : ITelemetrySink
{
    public static NoTelemetry Sink { get; } = new();

    public void Vehicle(VehicleSeen seen)
    {
    }

    public void Crane(CraneSeen seen)
    {
    }
}
