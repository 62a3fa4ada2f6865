using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>What sessions of devices that only report have in common: no command is theirs, and what they cannot read is counted.</summary>
/// <param name="manifest">The device's manifest.</param>
/// <param name="ports">What the session may use.</param>
/// <param name="what">What the device is, for refusals: <c>an RFID reader</c>.</param>
public abstract class ReportingSession(DeviceManifest manifest, AdapterPorts ports, string what) : IDeviceSession
{
    private IFactSink? _facts;

    /// <inheritdoc/>
    public DeviceId Device => manifest.Id;

    /// <summary>The device's manifest.</summary>
    protected DeviceManifest Manifest => manifest;

    /// <summary>What the session may use.</summary>
    protected AdapterPorts Ports => ports;

    /// <summary>Takes facts, from <see cref="Listen"/> on.</summary>
    protected IFactSink Facts => _facts ?? throw new InvalidOperationException($"{Device} is not attached");

    /// <summary>The time, real clock.</summary>
    protected Moment Now => Moment.Of(ports.Clocks.Real.GetUtcNow());

    /// <inheritdoc/>
    public Task Attach(IFactSink facts)
    {
        _facts = facts;
        return Listen();
    }

    /// <inheritdoc/>
    public virtual Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<Difference>.Empty);

    /// <inheritdoc/>
    public bool Has(MachineCommand command) => false;

    /// <inheritdoc/>
    public Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(SendResult.Refused($"{what} cannot do {entry.Command.GetType().Name}"));

    /// <inheritdoc/>
    public virtual void Detach()
    {
    }

    /// <summary>Begins to listen on the device's topics.</summary>
    protected abstract Task Listen();

    /// <summary>What a message says, or nothing when it cannot be read; that is counted.</summary>
    /// <param name="message">The message.</param>
    /// <param name="read">Reads it; throws as parsers do.</param>
    /// <param name="said">What it says.</param>
    protected bool TryRead<T>(MqttMessage message, Func<MqttMessage, T> read, out T said)
    {
        try
        {
            said = read(message);
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException)
        {
            ports.WireFaults.Add(Device, message.Topic, malformed.Message);
            said = default!;
            return false;
        }
    }
}
