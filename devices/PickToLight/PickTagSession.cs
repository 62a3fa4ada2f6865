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
    private readonly ITelemetrySink _telemetry;
    private readonly DeviceClocks _clocks;
    private readonly WireFaults _faults;
    private readonly PressWindow _presses = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _firstState = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PickTagState? _state;
    private (MachineCommand Command, TaskCompletionSource<SendResult> Verdict)? _waiting;
    private (PickTagCommand Light, SendPermit Permit)? _shown;
    private IFactSink? _facts;

    /// <summary>The session of a tag's manifest.</summary>
    public PickTagSession(DeviceManifest manifest, TopicExchange mqtt, ITelemetrySink telemetry, DeviceClocks clocks, WireFaults faults)
    {
        _manifest = manifest;
        _topics = new PickTagTopics(manifest.Warehouse, manifest.Text(PickTagAdapter.Tag));
        _mqtt = mqtt;
        _telemetry = telemetry;
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
        if (PickTagMapping.ToWire(entry.Command, _manifest.Number(PickTagAdapter.LightSeconds)) is not { } command)
        {
            return SendResult.Refused($"a pick-to-light tag cannot do {entry.Command.GetType().Name}");
        }

        command = command with { Blink = command.Color != PickTagCommand.Off && _manifest.Text(PickTagAdapter.Blink) == "always" };
        var verdict = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _shown = command.Color != PickTagCommand.Off ? (command, permit)
                : _shown is var (light, _) && light.Id == command.Id ? null
                : _shown;
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

        PickTagCommand? again = null;
        lock (_gate)
        {
            if (_state is { } former && (state.Boot, state.Seq).CompareTo((former.Boot, former.Seq)) < 0)
            {
                return Task.CompletedTask;
            }

            // A power cut has put the light out that the house still counts on.
            var rebooted = _state is { } known && state.Boot > known.Boot && state.Lit is null;
            _shown = _shown is var (shown, _) && shown.Id == state.Done ? null : _shown;
            again = rebooted && _shown is var (lit, may) && may.Answer == PermitAnswer.Open ? lit : null;
            _state = state;
            if (_waiting is var (command, verdict) && PickTagMapping.Has(state, command))
            {
                verdict.TrySetResult(SendResult.Accepted);
                _waiting = null;
            }
        }

        _firstState.TrySetResult();
        return again is null ? Task.CompletedTask : Publish(again, CancellationToken.None);
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

        Note(heard);
        if (PickTagMapping.ToSignal(heard) is not { } press || await _presses.Once(heard, () => _facts!.Report(press)))
        {
            await Publish(PickTagMapping.Confirmation(heard), CancellationToken.None);
        }
    }

    /// <summary>A pressed task is no longer shown; what is no press is telemetry.</summary>
    private void Note(PickTagEvent heard)
    {
        if (heard.Event is PickTagEventKind.Confirm or PickTagEventKind.Short)
        {
            lock (_gate)
            {
                _shown = _shown is var (light, _) && light.Id == heard.Id ? null : _shown;
            }
        }
        else
        {
            _telemetry.Raw(new RawSeen(Device, $"{heard.Event}", $"{heard.Id} {heard.Qty}", Domain.Deciding.Moment.Of(_clocks.Real.GetUtcNow())));
        }
    }

    private Task Publish(PickTagCommand command, CancellationToken cancellation) =>
        _mqtt.Link.Publish(
            new MqttMessage(_topics.Command, JsonSerializer.SerializeToUtf8Bytes(command, PickTagJson.Default.PickTagCommand), MqttQos.AtLeastOnce),
            cancellation);
}
