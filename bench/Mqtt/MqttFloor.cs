using System.Globalization;
using System.Text;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Picking;

namespace Warehouse.Bench.Mqtt;

/// <summary>Names of the measured devices, and both ends of the wire.</summary>
internal static class MqttFloor
{
    public static PickTaskId Task(long number) => new(string.Create(CultureInfo.InvariantCulture, $"MAIN/S1/{number:000000000}"));

    public static string TagName(int tag) => string.Create(CultureInfo.InvariantCulture, $"B-{tag:00000}");

    public static DeviceId Tag(int tag) => new($"MAIN/ptl-{TagName(tag)}");

    public static DeviceId Vehicle(int vehicle) => new(string.Create(CultureInfo.InvariantCulture, $"MAIN/agv-V{vehicle:0000}"));

    public static string StateTopic(int vehicle) => string.Create(CultureInfo.InvariantCulture, $"uagv/v2/virtual/MAIN-V{vehicle:0000}/state");

    /// <summary>A state as a vehicle of VDA 5050 2.1 says it in mid-order; its time is when it was sent.</summary>
    public static byte[] State(int vehicle, uint header, string stamp, long marker) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"headerId":{{header}},"timestamp":"{{stamp}}","version":"2.1.0","manufacturer":"virtual","serialNumber":"MAIN-V{{vehicle:0000}}","orderId":"","orderUpdateId":0,"lastNodeId":"N12","lastNodeSequenceId":4,"nodeStates":[],"edgeStates":[],"driving":true,"actionStates":[],"batteryState":{"batteryCharge":80.5,"charging":false},"operatingMode":"AUTOMATIC","errors":[],"safetyState":{"eStop":"NONE","fieldViolation":false},"agvPosition":{"x":{{marker % 1_000_000}},"y":2.5,"theta":0.0,"mapId":"MAIN","positionInitialized":true},"loads":[],"paused":false}
        """));

    /// <summary>The sessions of these devices on a link of their own.</summary>
    public static async Task<SessionHost> Sessions(IEnumerable<(DeviceId Id, DeviceKind Kind)> devices, MqttLinkOptions options, DeskHouse desk, ITelemetrySink sink)
    {
        var manifests = devices.Select(device => DeviceManifest.Of(device.Id, device.Kind)).ToArray();
        await System.Threading.Tasks.Task.WhenAll(manifests.Select(manifest => desk.Register(manifest.Id, manifest.Kind)));
        var host = new SessionHost(
            manifests, new DeviceLinks(Link(options with { ClientId = "house" }), _ => throw new InvalidOperationException("no cranes here")), desk, sink,
            new DeviceClocks(TimeProvider.System, TimeProvider.System), new SessionHostOptions { Host = "bench", Lease = TimeSpan.FromHours(1) });
        await host.Start();
        return host;
    }

    public static MqttNetLink Link(MqttLinkOptions options) => new(
        options with { Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)) }, TimeProvider.System, new Random(1));

    /// <summary>Starts a link; ends when it is up.</summary>
    public static async Task Up(MqttNetLink link)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                up.TrySetResult();
            }
        };
        link.Start();
        await up.Task;
    }
}

/// <summary>Takes no note of what is seen.</summary>
internal sealed class Nowhere : ITelemetrySink
{
    public void Vehicle(VehicleSeen seen)
    {
    }

    public void Crane(CraneSeen seen)
    {
    }
}
