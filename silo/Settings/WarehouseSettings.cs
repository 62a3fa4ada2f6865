using Warehouse.Grains;

namespace Warehouse.Silo.Settings;

/// <summary>
/// Everything that can be set, read once at start from defaults, <c>appsettings.json</c>, environment
/// (<c>Warehouse__Api__Port</c>) and command line (<c>--port</c>), and checked as a whole.
/// </summary>
public sealed record WarehouseSettings
{
    /// <summary>The section under which all keys stand.</summary>
    public const string Section = "Warehouse";

    /// <summary>Which parts this process runs.</summary>
    public RoleOptions Process { get; init; } = new();

    /// <summary>Where the journal lies.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>HTTP: addresses, key, sizes.</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>Orleans: ports and names.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>The broker.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>OPC UA.</summary>
    public OpcUaOptions OpcUa { get; init; } = new();

    /// <summary>Manifests and adapters.</summary>
    public DeviceOptions Devices { get; init; } = new();

    /// <summary>Sample orders, virtual plant and the speed of time.</summary>
    public DemoOptions Demo { get; init; } = new();

    /// <summary>What one grain call may ask for.</summary>
    public CallLimits Calls { get; init; } = new();

    /// <summary>The settings of a configuration, or a <see cref="SettingException"/> that names every key out of bounds.</summary>
    public static WarehouseSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section).Get<WarehouseSettings>() ?? new();
        var breaches = new Breaches();
        settings.Process.Check(breaches);
        settings.Data.Check(breaches);
        settings.Api.Check(breaches);
        settings.Cluster.Check(breaches);
        settings.Mqtt.Check(breaches);
        settings.OpcUa.Check(breaches);
        settings.Devices.Check(breaches);
        settings.Demo.Check(breaches);
        breaches.Between("Warehouse:Calls:MaxWaiting", settings.Calls.MaxWaiting, 1, 1_000_000);
        settings.CheckNeighbours(breaches);
        breaches.ThrowIfAny();
        return settings;
    }

    /// <summary>Parts that run elsewhere have to be named.</summary>
    private void CheckNeighbours(Breaches breaches)
    {
        var speaksMqtt = Process.Runs("silo") || Process.Runs("plant");
        breaches.Unless(
            !speaksMqtt || Process.Runs("broker") || Mqtt.Host.Length > 0, "Warehouse:Mqtt:Host", "is empty, and this process does not run the broker");
        var needsSilo = Process.Runs("plant") || Process.Runs("page");
        breaches.Unless(
            !needsSilo || Process.Runs("silo") || Api.Upstream.Length > 0, "Warehouse:Api:Upstream", "is empty, and this process does not run the silo");
    }
}
