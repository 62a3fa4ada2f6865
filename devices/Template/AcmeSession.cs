using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Acme;

/// <summary>One light. A command is repeated until the light's state shows it; a press is taken as heard once it is durable.</summary>
public sealed class AcmeSession(DeviceManifest manifest, AdapterPorts ports) : IDeviceSession
{
    private readonly string _base = $"acme/{manifest.Text(AcmeAdapter.Serial)}";
    private readonly Lock _gate = new();
    private AcmeState? _state;
    private (MachineCommand Command, TaskCompletionSource<SendResult> Verdict)? _waiting;
    private IFactSink? _facts;

    public DeviceId Device => manifest.Id;

    public async Task Attach(IFactSink facts)
    {
        _facts = facts;
        await ports.Mqtt.Listen($"{_base}/state", "acme/+/state", MqttQos.AtLeastOnce, OnState);
        await ports.Mqtt.Listen($"{_base}/press", "acme/+/press", MqttQos.AtLeastOnce, OnPress);
    }

    // The state is retained and comes with the subscription: there is nothing to ask for.
    public Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation) =>
        Task.FromResult(ImmutableArray<Difference>.Empty);

    public bool Has(MachineCommand command)
    {
        lock (_gate)
        {
            return _state is { } state && AcmeMapping.Has(state, command);
        }
    }

    public Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation)
    {
        if (AcmeMapping.ToWire(entry.Command) is not { } set)
        {
            return Task.FromResult(SendResult.Refused($"an Acme light cannot do {entry.Command.GetType().Name}"));
        }

        var verdict = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_state is { } state && AcmeMapping.Has(state, entry.Command))
            {
                return Task.FromResult(SendResult.Accepted);
            }

            _waiting = (entry.Command, verdict);
        }

        return Repeating.UntilConfirmed(
            () => Publish(set, cancellation), verdict.Task, manifest.Seconds(DeviceSettings.ResendSeconds), permit, ports.Clocks.Warehouse, cancellation);
    }

    private Task OnState(MqttMessage message)
    {
        if (Wire.Read(message, AcmeJson.Default.AcmeState, Device, ports.WireFaults) is { } state)
        {
            lock (_gate)
            {
                _state = state;
                if (_waiting is var (command, verdict) && AcmeMapping.Has(state, command))
                {
                    verdict.TrySetResult(SendResult.Accepted);
                    _waiting = null;
                }
            }
        }

        return Task.CompletedTask;
    }

    private async Task OnPress(MqttMessage message)
    {
        if (Wire.Read(message, AcmeJson.Default.AcmePress, Device, ports.WireFaults) is not { } press)
        {
            return;
        }

        if (AcmeMapping.ToSignal(press) is not { } signal)
        {
            ports.WireFaults.Add(Device, message.Topic, "task is no key");
        }
        else if (await _facts!.Report(signal))
        {
            await Publish(AcmeMapping.Heard(press), CancellationToken.None);
        }
    }

    private Task Publish(AcmeSet set, CancellationToken cancellation) => ports.Mqtt.Link.Publish(
        new MqttMessage($"{_base}/set", JsonSerializer.SerializeToUtf8Bytes(set, AcmeJson.Default.AcmeSet), MqttQos.AtLeastOnce), cancellation);
}
