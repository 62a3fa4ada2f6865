using System.Net;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Links.OpcUa.Stack;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.StackerCrane;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Layout;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Hosting;

/// <summary>
/// OPC UA of this process: the house as an application with its own certificate and trust list, its links, and, where
/// the virtual cranes are played, the server that shows them. These two trust each other from the start.
/// </summary>
public sealed class OpcUaWires : IAsyncDisposable
{
    private static readonly Backoff s_backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));

    private readonly OpcUaApplication _house;
    private readonly OpcUaMachineHost? _cranes;
    private readonly ILogger _log;
    private readonly int _publishingMilliseconds;

    /// <summary>Makes certificates that are not there yet, and the cranes' server, which does not listen before its cranes start.</summary>
    public OpcUaWires(WarehouseSettings settings, ILogger log)
    {
        _log = log;

        // On a floor that runs faster the machines are heard that much sooner, down to what a server offers.
        _publishingMilliseconds = Math.Clamp(1_000 / settings.Demo.Speed, 10, 100);
        var folder = settings.OpcUa.Folder.Length > 0 ? settings.OpcUa.Folder : Path.Combine(settings.Data.Folder, "opcua");
        _house = new OpcUaApplication(Path.Combine(folder, "house"), "house", TimeProvider.System);
        if (!settings.Process.Runs("cranes"))
        {
            return;
        }

        var cranes = new OpcUaApplication(Path.Combine(folder, "cranes"), "cranes", TimeProvider.System);
        _house.TrustPeer(cranes);
        cranes.TrustPeer(_house);
        var address = IPAddress.Parse(settings.OpcUa.Bind);
        var isLoopback = IPAddress.IsLoopback(address);
        _cranes = new OpcUaMachineHost(
            new OpcUaHostOptions
            {
                Listen = new IPEndPoint(address, FreePort.From(settings.OpcUa.Port, "cranes", address)),
                HostName = isLoopback ? "localhost" : Dns.GetHostName(), AnyoneMayLook = isLoopback,
            },
            cranes, TimeProvider.System);
    }

    /// <summary>Where the virtual cranes are served; null where this process plays none.</summary>
    public string? CranesUrl => _cranes?.EndpointUrl;

    /// <summary>A virtual crane's side of the wire.</summary>
    public IOpcUaServer ServerOf(AisleId aisle)
    {
        var crane = DeviceManifest.Of(FloorPlan.Device(aisle), DeviceKind.Crane);
        return (_cranes ?? throw new InvalidOperationException($"{aisle}: this process plays no cranes")).Add(
            crane.Text(OpcUaSettings.Machine)["Machines/".Length..], CraneModel.Nodes);
    }

    /// <summary>The house's side of the wire to a device.</summary>
    public IOpcUaLink LinkTo(DeviceManifest manifest)
    {
        var endpoint = manifest.Text(OpcUaSettings.Endpoint);
        var password = manifest.Text(OpcUaSettings.PasswordFrom);
        return new OpcUaLink(
            new OpcUaLinkOptions
            {
                EndpointUrl = endpoint.Length > 0 ? endpoint : _cranes?.EndpointUrl ?? "opc.tcp://localhost:4840",
                Machine = manifest.Text(OpcUaSettings.Machine), Security = Enum.Parse<OpcUaSecurity>(manifest.Text(OpcUaSettings.Security)),
                User = manifest.Text(OpcUaSettings.User), Password = password.Length > 0 ? Environment.GetEnvironmentVariable(password) ?? "" : "",
                Backoff = s_backoff, PublishingMilliseconds = _publishingMilliseconds,
            },
            _house, TimeProvider.System, new Random(manifest.Id.Text.Sum(letter => letter)), _log);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cranes?.DisposeAsync() ?? ValueTask.CompletedTask;
}
