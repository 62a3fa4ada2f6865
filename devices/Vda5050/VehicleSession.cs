using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// One vehicle. Its state counts as telemetry when it comes; the facts in it are reported until they are taken, and as
/// the state repeats itself, none is lost. An order is repeated until the state shows it and then followed to its end.
/// </summary>
public sealed class VehicleSession : IDeviceSession
{
    private readonly DeviceManifest _manifest;
    private readonly VehicleId _vehicle;
    private readonly VdaTopics _topics;
    private readonly DriveStyle _style;
    private readonly TopicExchange _mqtt;
    private readonly ITelemetrySink _telemetry;
    private readonly DeviceClocks _clocks;
    private readonly WireFaults _faults;
    private readonly Lock _gate = new();
    private readonly LinkNews _link = new();
    private TaskCompletionSource _nextState = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private VdaState? _state;
    private VehicleSeen? _seen;
    private CurrentDrive? _drive;
    private IFactSink? _facts;
    private uint _orders;
    private uint _instantActions;

    /// <summary>The session of a vehicle's manifest.</summary>
    public VehicleSession(DeviceManifest manifest, TopicExchange mqtt, ITelemetrySink telemetry, DeviceClocks clocks, WireFaults faults)
    {
        _manifest = manifest;
        _vehicle = VehicleId.Parse($"{manifest.Warehouse}/{manifest.Name}");
        _topics = new VdaTopics(manifest.Text(VehicleAdapter.Manufacturer), manifest.Text(VehicleAdapter.SerialNumber));
        _style = new DriveStyle(manifest.Text(VehicleAdapter.MapId), manifest.Text(VehicleAdapter.LoadHandlingDevice));
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
        _mqtt.WatchLink(OnOurLink);
        await _mqtt.Listen(_topics.State, VdaTopics.AllStates, MqttQos.AtMostOnce, OnState);
        await _mqtt.Listen(_topics.Connection, VdaTopics.AllConnections, MqttQos.AtLeastOnce, OnConnection);
        await _mqtt.Listen(_topics.Visualization, VdaTopics.AllVisualizations, MqttQos.AtMostOnce, OnVisualization);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation)
    {
        await NewestState(permit, cancellation);
        VdaState? state;
        lock (_gate)
        {
            state = _state;
        }

        if (state is null || state.OrderId.Length == 0 || StateMapping.IsIdle(state)
            || state.OrderId.StartsWith(_manifest.Warehouse + "/", StringComparison.Ordinal))
        {
            return [];
        }

        return [new Difference($"order-{state.OrderId}", $"the vehicle drives order '{state.OrderId}', which is not ours", ["it has ended", "it was cancelled at the vehicle"])];
    }

    /// <inheritdoc/>
    public bool Has(MachineCommand command)
    {
        lock (_gate)
        {
            return command is MachineCommand.Drive drive && _state is { } state && StateMapping.Reflects(state, drive.Mission);
        }
    }

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation)
    {
        if (entry.Command is not MachineCommand.Drive command)
        {
            return SendResult.Refused($"a vehicle cannot do {entry.Command.GetType().Name}");
        }

        if (command.Legs.IsDefaultOrEmpty || command.Legs[0].Nodes.IsDefaultOrEmpty)
        {
            return SendResult.Refused($"{command.Mission} leads nowhere");
        }

        var drive = Follow(command);
        var taken = await Repeating.UntilConfirmed(
            () => SendOrder(command, drive, cancellation), drive.Taken, _manifest.Seconds(DeviceSettings.ResendSeconds), permit,
            _clocks.Warehouse, cancellation);
        if (taken.Outcome != CommandOutcome.Accepted)
        {
            return taken;
        }

        await Pause.Until(drive.Ended, _clocks.Real, cancellation);
        return drive.Ended.IsCompleted ? await drive.Ended : SendResult.Withheld;
    }

    /// <summary>Begins to follow a mission; what the vehicle shows already counts.</summary>
    private CurrentDrive Follow(MachineCommand.Drive command)
    {
        CurrentDrive drive;
        VdaState? state;
        lock (_gate)
        {
            _drive = drive = new CurrentDrive(command, _facts!);
            state = _state;
        }

        if (state is not null && StateMapping.Reflects(state, command.Mission))
        {
            drive.See(state);
        }

        return drive;
    }

    /// <summary>Asks for a state where we may speak, and waits a moment for one that is newer than this call.</summary>
    private async Task NewestState(SendPermit permit, CancellationToken cancellation)
    {
        Task next;
        lock (_gate)
        {
            next = _nextState.Task;
        }

        if (permit.Answer == PermitAnswer.Open && _mqtt.Link.State == LinkState.Up)
        {
            var header = new VdaHeader(_instantActions++, Moment.Of(_clocks.Warehouse.GetUtcNow()), _topics);
            var ask = new VdaInstantActions(
                header.HeaderId, header.Timestamp, VdaTopics.Version, _topics.Manufacturer, _topics.SerialNumber,
                [new VdaAction("stateRequest", $"{Device}-state-{header.HeaderId}-{header.At.UnixMilliseconds}", VdaBlocking.None, [])]);
            await Publish(_topics.InstantActions, JsonSerializer.SerializeToUtf8Bytes(ask, VdaJson.Default.VdaInstantActions), cancellation);
        }

        var patience = TimeSpan.FromMilliseconds(_manifest.Number(DeviceSettings.ReadBackMilliseconds));
        await Pause.Until(next, patience, _clocks.Real, cancellation);
    }

    private Task SendOrder(MachineCommand.Drive command, CurrentDrive drive, CancellationToken cancellation)
    {
        var header = new VdaHeader(_orders++, Moment.Of(_clocks.Warehouse.GetUtcNow()), _topics);
        drive.Sending(header.HeaderId);
        var order = DriveMapping.ToOrder(command, _style, header);
        return Publish(_topics.Order, JsonSerializer.SerializeToUtf8Bytes(order, VdaJson.Default.VdaOrder), cancellation);
    }

    private Task Publish(string topic, byte[] payload, CancellationToken cancellation) =>
        _mqtt.Link.Publish(new MqttMessage(topic, payload), cancellation);

    private static bool IsOlder(VdaState state, VdaState former) =>
        string.CompareOrdinal(state.Timestamp, former.Timestamp) is var order
        && (order < 0 || (order == 0 && state.HeaderId < former.HeaderId));

    /// <summary>After a reconnect any state is news: the vehicle may have been exchanged or its clock set back.</summary>
    private void OnOurLink(LinkState state)
    {
        if (state == LinkState.Down)
        {
            ForgetState();
        }
    }

    private void ForgetState()
    {
        lock (_gate)
        {
            _state = null;
        }
    }

    private Task OnState(MqttMessage message)
    {
        if (Wire.Read(message, VdaJson.Default.VdaState, Device, _faults) is not { } state)
        {
            return Task.CompletedTask;
        }

        CurrentDrive? drive;
        TaskCompletionSource heard;
        lock (_gate)
        {
            if (_state is { } former && IsOlder(state, former))
            {
                return Task.CompletedTask;
            }

            _state = state;
            drive = _drive;
            (heard, _nextState) = (_nextState, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _seen = StateMapping.Seen(state, _vehicle) ?? _seen;
        }

        heard.TrySetResult();
        Tell();
        drive?.See(state);
        return Task.CompletedTask;
    }

    private Task OnVisualization(MqttMessage message)
    {
        if (Wire.Read(message, VdaJson.Default.VdaVisualization, Device, _faults)?.AgvPosition is { } position)
        {
            lock (_gate)
            {
                _seen = _seen is { } seen ? StateMapping.Seen(position, seen) : null;
            }

            Tell();
        }

        return Task.CompletedTask;
    }

    private async Task OnConnection(MqttMessage message)
    {
        if (Wire.Read(message, VdaJson.Default.VdaConnection, Device, _faults) is { } connection)
        {
            var online = connection.ConnectionState == VdaConnectionState.Online;
            if (_link.CameBack(online))
            {
                ForgetState();
                _facts!.LinkCameBack();
            }

            await _link.Tell(online, _facts!);
        }
    }

    private void Tell()
    {
        if (_seen is { } seen)
        {
            _telemetry.Vehicle(seen);
        }
    }
}
