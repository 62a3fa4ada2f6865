using System.Collections.Immutable;
using System.Reflection;
using Warehouse.Dashboard.Board;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Recording;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Silo.Devices;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Plant;
using Warehouse.Simulation.Samples;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Silo.Hosting;

/// <summary>Links, sessions and, in a demonstration, the machines at the other end.</summary>
public static class DeviceHosting
{
    /// <summary>Adds the sessions of all devices of the plans; they start once the silo takes calls.</summary>
    public static IServiceCollection AddWarehouseSessions(this IServiceCollection services, ImmutableArray<WarehousePlan> plans, MqttLinkOptions mqtt, string host, AdapterCatalogue adapters, string manifests)
    {
        services.AddSingleton<IDeviceDesk, GrainDeviceDesk>();
        services.AddSingleton(house => new DeviceRecording(new BoardTelemetry(house.GetRequiredService<FloorBoard>())));
        services.AddSingleton<ITelemetrySink>(house => house.GetRequiredService<DeviceRecording>());
        services.AddSingleton(house =>
        {
            var wires = house.GetRequiredService<OpcUaWires>();
            var link = Link(house, mqtt);
            return new SessionHost(
                plans.SelectMany(FloorManifests.Of), new DeviceLinks(link, wires.LinkTo), house.GetRequiredService<IDeviceDesk>(),
                house.GetRequiredService<ITelemetrySink>(), new DeviceClocks(Clock(house), TimeProvider.System), new SessionHostOptions { Host = host }, adapters);
        });
        services.AddSiloLife(
            "sessions", SiloLife.AfterGrains, house => house.GetRequiredService<SessionHost>().Start(), house => house.GetRequiredService<SessionHost>().Stop());
        services.AddSingleton(house => new DeviceFolder(
            manifests, [.. plans.SelectMany(FloorManifests.Of)], house.GetRequiredService<SessionHost>(), house.GetRequiredService<IGrainFactory>(),
            house.GetRequiredService<ILoggerFactory>().CreateLogger("Warehouse.Devices")));
        services.AddSiloLife(
            "manifests", SiloLife.AfterGrains + 1, house => house.GetRequiredService<DeviceFolder>().Start(), house => house.GetRequiredService<DeviceFolder>().Stop());
        return services;
    }

    /// <summary>
    /// Adds the virtual machines that this process plays: cranes, with the totes in their racks; vehicles and tags; or all.
    /// Beside the silo they wake up where its journal last saw them, else where <paramref name="seen"/> says.
    /// </summary>
    public static IServiceCollection AddWarehousePlant(
        this IServiceCollection services, SampleFiles files, MqttLinkOptions? mqtt, RoleOptions roles, FleetSeen? seen)
    {
        services.AddSingleton(house =>
        {
            var link = mqtt is null ? null : Link(house, mqtt);
            var wires = roles.Runs("cranes") ? house.GetRequiredService<OpcUaWires>() : null;
            return new VirtualPlant(
                files.Floor, link, wires is null ? null : wires.ServerOf, Clock(house),
                new PlantOptions { SaysItWasAway = seen is not null }, new Chance((ulong)roles.Seed));
        });
        services.AddSingleton(_ => seen is null
            ? new PlantRecall(files.Stock.Select(row => (Lpn.Parse(row.Lpn), OpeningCommands.Bin(row))))
            : new PlantRecall(seen.Recalled()));
        services.AddHostedService<PlantHost>();
        return services;
    }

    /// <summary>The house's own adapters, and those of the assemblies that the settings name.</summary>
    public static AdapterCatalogue Adapters(DeviceOptions options) => options.AdapterPaths.Aggregate(
        AdapterCatalogue.Shipped, (catalogue, path) => catalogue.With(Assembly.LoadFrom(path)));

    private static MqttNetLink Link(IServiceProvider house, MqttLinkOptions mqtt) => new(
        mqtt, TimeProvider.System, new Random(mqtt.Port),
        house.GetRequiredService<ILoggerFactory>().CreateLogger("Warehouse.Mqtt"));

    private static TimeProvider Clock(IServiceProvider house) => house.GetRequiredKeyedService<TimeProvider>(JournalHosting.WarehouseClock);
}
