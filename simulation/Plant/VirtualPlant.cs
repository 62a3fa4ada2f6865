using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// All machines and pickers of the floors, behind the links that real ones would use. The same classes run over real
/// links on a scaled clock in the demo and over links in memory on the deterministic scheduler.
/// </summary>
public sealed class VirtualPlant : IAsyncDisposable
{
    private readonly IMqttLink? link;
    private bool wasAway;
    private readonly Agenda agenda;
    private readonly long began;
    private readonly SortedDictionary<string, VirtualTag> tags = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (VirtualVehicle Vehicle, VdaTopic Topic)> heard = new(StringComparer.Ordinal);

    /// <summary>Build the machines of these floors; nothing moves before <see cref="Start"/>.</summary>
    /// <param name="plans">The floors.</param>
    /// <param name="link">What vehicles and tags speak over; null when they live in another process.</param>
    /// <param name="servers">What each crane is served by; null when the cranes live in another process.</param>
    /// <param name="clock">The floor's clock.</param>
    /// <param name="options">How fast and how well it works.</param>
    /// <param name="chance">Draws what varies.</param>
    public VirtualPlant(
        IEnumerable<WarehousePlan> plans, IMqttLink? link, Func<AisleId, IOpcUaServer>? servers, TimeProvider clock,
        PlantOptions options, Chance chance)
    {
        this.link = link;
        wasAway = options.SaysItWasAway;
        Truth = new FloorTruth(exchangeIsShared: link is null || servers is null);
        agenda = new Agenda(clock);
        began = agenda.Now;
        ImmutableArray<FloorPlan> floors = [.. plans.Select(FloorPlan.Of)];
        Stations = link is null ? [] : [.. floors.SelectMany(floor => floor.Stations.Select(id => Station(floor, id, options, chance)))];
        Cranes = servers is null
            ? []
            : [.. floors.SelectMany(floor => floor.Aisles.Select(id => new VirtualCrane(id, floor.Plan, servers(id), Truth, agenda, options)))];
        Vehicles = link is null ? [] : [.. floors.SelectMany(floor => Fleet(floor, options))];
    }

    /// <summary>What is really on the floors.</summary>
    public FloorTruth Truth { get; }

    /// <summary>All pick stations.</summary>
    public ImmutableArray<VirtualStation> Stations { get; }

    /// <summary>All cranes.</summary>
    public ImmutableArray<VirtualCrane> Cranes { get; }

    /// <summary>All vehicles.</summary>
    public ImmutableArray<VirtualVehicle> Vehicles { get; }

    /// <summary>The totes that stand in the racks before anything moves.</summary>
    public void Fill(IEnumerable<(Lpn Lpn, PlaceId Place)> totes)
    {
        foreach (var (lpn, place) in totes)
        {
            Truth.Set(lpn, place);
        }
    }

    /// <summary>Put everything where the journal last saw it; before <see cref="Start"/>.</summary>
    public void Recall(PlantRecall recall)
    {
        Fill(recall.Totes);
        foreach (var vehicle in Vehicles)
        {
            vehicle.LeaveFloor();
        }

        foreach (var (vehicle, last) in Vehicles
            .Select(one => (one, recall.Vehicles.GetValueOrDefault(one.Id)))
            .OrderBy(one => one.Item2?.Way.Length > 0))
        {
            vehicle.Recall(last);
        }

        foreach (var job in Cranes.IsEmpty ? [] : recall.CraneJobs)
        {
            Cranes.Single(crane => job.Id.Text.StartsWith(crane.Id.Text + "/", StringComparison.Ordinal)).Recall(job);
        }
    }

    /// <summary>Listen, and let every machine say that it is there; again whenever the link comes back.</summary>
    public async Task Start()
    {
        if (link is not null)
        {
            await Listen(link);
        }

        foreach (var crane in Cranes)
        {
            await crane.Start();
        }

        link?.Start();
        agenda.Enter(() => Vehicles.ToList().ForEach(vehicle => vehicle.Start()));
    }

    private async Task Listen(IMqttLink broker)
    {
        broker.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                agenda.Enter(SayHello);
            }
        };
        await broker.Subscribe(PickTagTopics.AllCommands, MqttQos.AtLeastOnce, message =>
        {
            agenda.Enter(() => TagCommand(message));
            return Task.CompletedTask;
        });
        foreach (var filter in Vehicles.SelectMany(vehicle => TopicsHeard(vehicle.Topics).Select(vehicle.Topics.All)).Distinct(StringComparer.Ordinal))
        {
            await broker.Subscribe(filter, MqttQos.AtMostOnce, message =>
            {
                agenda.Enter(() => VehicleMessage(message));
                return Task.CompletedTask;
            });
        }
    }

    private static ImmutableArray<VdaTopic> TopicsHeard(VdaTopics topics) => topics.Dialect.Major >= 3
        ? [VdaTopic.Order, VdaTopic.InstantActions, VdaTopic.ZoneSet, VdaTopic.Responses]
        : [VdaTopic.Order, VdaTopic.InstantActions];

    /// <summary>True when no vehicle drives, no crane works and no light is on.</summary>
    public bool IsIdle => agenda.Read(() =>
        !Vehicles.Any(vehicle => vehicle.Busy) && !Cranes.Any(crane => crane.Working) && !tags.Values.Any(tag => tag.Shown is not null));

    /// <summary>A moment without power for a tag drawn by number.</summary>
    public void RebootTag(int number) => agenda.Enter(() => tags.Values.ElementAt(number % tags.Count).Reboot());

    /// <summary>How busy everything was until now.</summary>
    public PlantReport Report() => agenda.Read(() =>
    {
        var now = agenda.Now;
        var span = Math.Max(1, now - began);
        int PerMille(long busy) => (int)(busy * 1000 / span);
        return new PlantReport(
            span,
            [.. Stations.Select(one => (one.Id.Text, PerMille(one.BusyUntil(now))))],
            [.. Cranes.Select(one => (one.Id.Text, PerMille(one.BusyUntil(now))))],
            [.. Vehicles.Select(one => (one.Id.Text, PerMille(one.BusyUntil(now))))]);
    });

    /// <summary>Nothing moves any more.</summary>
    public ValueTask DisposeAsync()
    {
        agenda.Dispose();
        return ValueTask.CompletedTask;
    }

    private VirtualStation Station(FloorPlan floor, Warehouse.Domain.Picking.StationId id, PlantOptions options, Chance chance)
    {
        var station = new VirtualStation(id, agenda, options, Truth, chance.For($"picker {id}"));
        station.Tags =
        [
            .. Enumerable.Range(1, floor.Plan.SlotsPerStation).Select(slot =>
                new VirtualTag(TagTopics(floor, id, slot), slot, agenda, options, Send, station.Look)),
        ];
        foreach (var tag in station.Tags)
        {
            tags.Add(tag.CommandTopic, tag);
        }

        return station;
    }

    private static PickTagTopics TagTopics(FloorPlan floor, Warehouse.Domain.Picking.StationId station, int slot)
    {
        var device = FloorPlan.Tag(station, slot).Text;
        return new PickTagTopics(floor.Plan.Id.Text, device[(device.IndexOf('/', StringComparison.Ordinal) + 1)..]["ptl-".Length..]);
    }

    private IEnumerable<VirtualVehicle> Fleet(FloorPlan floor, PlantOptions options)
    {
        var world = new VehicleWorld(floor, new Traffic(), Truth, agenda, options, Send);
        foreach (var id in floor.Vehicles)
        {
            var vehicle = new VirtualVehicle(id, floor.Stops[FloorPlan.Home(id)].Point, world, options.VehicleVersion);
            foreach (var topic in TopicsHeard(vehicle.Topics))
            {
                heard.Add(vehicle.Topics[topic], (vehicle, topic));
            }

            yield return vehicle;
        }
    }

    private void TagCommand(MqttMessage message)
    {
        if (tags.TryGetValue(message.Topic, out var tag)
            && JsonSerializer.Deserialize(message.Payload.Span, PickTagJson.Default.PickTagCommand) is { } command)
        {
            tag.Take(command);
        }
    }

    /// <summary>A message to a vehicle. One that cannot be read is left alone, as a vehicle would.</summary>
    private void VehicleMessage(MqttMessage message)
    {
        if (!heard.TryGetValue(message.Topic, out var to))
        {
            return;
        }

        var dialect = to.Vehicle.Topics.Dialect;
        try
        {
            switch (to.Topic)
            {
                case VdaTopic.Order: to.Vehicle.Take(dialect.Read<VdaOrder>(message.Payload.Span)); break;
                case VdaTopic.InstantActions: to.Vehicle.Take(dialect.Read<VdaInstantActions>(message.Payload.Span)); break;
                case VdaTopic.ZoneSet: to.Vehicle.Take(dialect.Read<VdaZoneSetMessage>(message.Payload.Span)); break;
                case VdaTopic.Responses: to.Vehicle.Take(dialect.Read<VdaResponses>(message.Payload.Span)); break;
            }
        }
        catch (JsonException)
        {
        }
    }

    private void SayHello()
    {
        foreach (var tag in tags.Values)
        {
            tag.Start();
        }

        foreach (var vehicle in Vehicles)
        {
            if (wasAway)
            {
                vehicle.SayItWasAway();
            }

            vehicle.SayHello();
        }

        wasAway = false;
    }

    /// <summary>What does not get through is not held back: states come again, presses are repeated until they are confirmed.</summary>
    private async void Send(MqttMessage message)
    {
        try
        {
            await link!.Publish(message);
        }
        catch (LinkDownException)
        {
        }
        catch (OperationCanceledException)
        {
        }
    }
}
