using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.PickToLight;

/// <summary>
/// One tag. A light counts as taken when the tag's retained state shows it, so a command is repeated until then; a
/// press is confirmed to the tag once it is durable, so the tag repeats it until then. Neither hangs on the broker.
/// </summary>
public sealed class PickTagSession : IDeviceSession
{
    private readonly DeviceManifest _manifest;
    private readonly PickTagTopics _topics;
    private readonly TopicExchange _mqtt;
    private readonly DeviceClocks _clocks;
    private readonly WireFaults _faults;
    private readonly PressWindow _presses = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _firstState = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PickTagState? _state;
    private (MachineCommand Command, TaskCompletionSource<SendResult> Verdict)? _waiting;
    private IFactSink? _facts;

    /// <summary>The session of a tag's manifest.</summary>
    public PickTagSession(DeviceManifest manifest, TopicExchange mqtt, DeviceClocks clocks, WireFaults faults)
    {
        _manifest = manifest;
        _topics = new PickTagTopics(manifest.Warehouse, manifest.Text(DeviceSettings.Tag));
        _mqtt = mqtt;
        _clocks = clocks;
        _faults = faults;
    }

    /// <inheritdoc/>
    public DeviceId Device => _manifest.Id;

    /// <inheritdoc/>
    public async Task Attach(IFactSink facts)
    {
        _facts = facts;
        await _mqtt.Listen(_topics.State, PickTagTopics.AllStates, MqttQos.AtLeastOnce, OnState);
        await _mqtt.Listen(_topics.Event, PickTagTopics.AllEvents, MqttQos.AtLeastOnce, OnEvent);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation)
    {
        var patience = TimeSpan.FromMilliseconds(_manifest.Number(DeviceSettings.ReadBackMilliseconds));
        await Pause.Until(_firstState.Task, patience, _clocks.Real, cancellation);
        if (State?.Lit is not { } lit || PickTagMapping.IsOurs(lit, _manifest.Warehouse))
        {
            return [];
        }

        if (permit.Answer == PermitAnswer.Open)
        {
            await Publish(new PickTagCommand(lit, PickTagCommand.Off), cancellation);
            return [];
        }

        return [new Difference($"lit-{lit}", $"the tag shows '{lit}', which is no task of {_manifest.Warehouse}", ["put it out", "leave it lit"])];
    }

    /// <inheritdoc/>
    public bool Has(MachineCommand command) => State is { } state && PickTagMapping.Has(state, command);

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation)
    {
        if (PickTagMapping.ToWire(entry.Command, _manifest.Number(DeviceSettings.LightSeconds)) is not { } command)
        {
            return SendResult.Refused($"a pick-to-light tag cannot do {entry.Command.GetType().Name}");
        }

        var verdict = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_state is { } state && PickTagMapping.Has(state, entry.Command))
            {
                return SendResult.Accepted;
            }

            _waiting = (entry.Command, verdict);
        }

        return await Repeating.UntilConfirmed(
            () => Publish(command, cancellation), verdict.Task, _manifest.Seconds(DeviceSettings.ResendSeconds), permit,
            _clocks.Warehouse, cancellation);
    }

    private PickTagState? State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    private Task OnState(MqttMessage message)
    {
        if (Wire.Read(message, PickTagJson.Default.PickTagState, Device, _faults) is not { } state)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            if (_state is { } former && (state.Boot, state.Seq).CompareTo((former.Boot, former.Seq)) < 0)
            {
                return Task.CompletedTask;
            }

            _state = state;
            if (_waiting is var (command, verdict) && PickTagMapping.Has(state, command))
            {
                verdict.TrySetResult(SendResult.Accepted);
                _waiting = null;
            }
        }

        _firstState.TrySetResult();
        return Task.CompletedTask;
    }

    private async Task OnEvent(MqttMessage message)
    {
        if (Wire.Read(message, PickTagJson.Default.PickTagEvent, Device, _faults) is not { } heard)
        {
            return;
        }

        if (!Domain.Deciding.GrainKey.IsKey(heard.Id))
        {
            _faults.Add(Device, message.Topic, "id is not a key");
            return;
        }

        if (PickTagMapping.ToSignal(heard) is not { } press || await _presses.Once(heard, () => _facts!.Report(press)))
        {
            await Publish(PickTagMapping.Confirmation(heard), CancellationToken.None);
        }
    }

    private Task Publish(PickTagCommand command, CancellationToken cancellation) =>
        _mqtt.Link.Publish(
            new MqttMessage(_topics.Command, JsonSerializer.SerializeToUtf8Bytes(command, PickTagJson.Default.PickTagCommand), MqttQos.AtLeastOnce),
            cancellation);
}
