using System.Collections.Immutable;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
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
    private readonly DriveRules _rules;
    private readonly TopicExchange _mqtt;
    private readonly ITelemetrySink _telemetry;
    private readonly DeviceClocks _clocks;
    private readonly VehicleWire _wire;
    private readonly VehicleContact _contact;
    private readonly InstructionSender _instructions;
    private readonly VehicleEar _ear;
    private readonly TimeSpan _stale;
    private readonly LoadEvidence _loads;
    private readonly Lock _gate = new();
    private readonly LinkNews _link = new();
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);
    private ITimer? _silence;
    private VehicleSeen? _seen;
    private CurrentDrive? _drive;
    private VehicleCondition? _condition;
    private IFactSink? _facts;
    private Difference? _raised;

    /// <summary>The session of a vehicle's manifest.</summary>
    public VehicleSession(DeviceManifest manifest, TopicExchange mqtt, ITelemetrySink telemetry, DeviceClocks clocks, WireFaults faults)
    {
        _manifest = manifest;
        _vehicle = VehicleId.Parse($"{manifest.Warehouse}/{manifest.Name}");
        _topics = VehicleSettings.TopicsOf(manifest);
        _style = VehicleSettings.StyleOf(manifest);
        _rules = VehicleSettings.RulesOf(manifest);
        _loads = VehicleSettings.LoadsOf(manifest);
        _stale = manifest.Seconds(VehicleSettings.StaleSeconds);
        _mqtt = mqtt;
        _telemetry = telemetry;
        _clocks = clocks;
        _wire = new VehicleWire(_topics, VehicleSettings.ValidationOf(manifest), manifest.Id, mqtt.Link, faults, clocks.Warehouse);
        _contact = new VehicleContact(
            _wire, _rules, manifest.Number(VehicleSettings.OrderNodes), VehicleSettings.HasBothActionFields(manifest), Raise);
        _instructions = new InstructionSender(_contact, _wire, manifest.Seconds(DeviceSettings.ResendSeconds), clocks);
        _ear = new VehicleEar(_stale > TimeSpan.Zero ? (long)_stale.TotalMilliseconds : 60_000);
    }

    /// <inheritdoc/>
    public DeviceId Device => _manifest.Id;

    /// <inheritdoc/>
    public async Task Attach(IFactSink facts)
    {
        _facts = facts;
        _mqtt.WatchLink(OnOurLink);
        _silence = _clocks.Warehouse.CreateTimer(_ => OnSilence(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await Listen(VdaTopic.State, MqttQos.AtMostOnce, OnState);
        await Listen(VdaTopic.Connection, MqttQos.AtLeastOnce, OnConnection);
        await Listen(VdaTopic.Visualization, MqttQos.AtMostOnce, OnVisualization);
        await Listen(VdaTopic.Factsheet, MqttQos.AtMostOnce, OnFactsheet);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation)
    {
        await NewestState(permit, cancellation);
        Difference? raised;
        lock (_gate)
        {
            (raised, _raised) = (_raised, null);
        }

        ImmutableArray<Difference> differences = raised is null ? [] : [raised];
        return _contact.State is not { } state || state.OrderId.Length == 0 || StateMapping.IsIdle(state, _rules.Completion)
            || state.OrderId.StartsWith(_manifest.Warehouse + "/", StringComparison.Ordinal) || _rules.CancelBefore == CancelBefore.Any
                ? differences
                : differences.Add(new Difference(
                    $"order-{state.OrderId}", $"the vehicle drives order '{state.OrderId}', which is not ours",
                    ["it has ended", "it was cancelled at the vehicle"]));
    }

    /// <inheritdoc/>
    public bool Has(MachineCommand command) =>
        Course.Of(command) is { } course && _contact.State is { } state && StateMapping.OrderOf(state, course.Mission) is not null;

    /// <inheritdoc/>
    public void Revise(OutboxEntry entry)
    {
        CurrentDrive? drive;
        lock (_gate)
        {
            drive = _drive;
        }

        if (drive?.Entry.Sequence == entry.Sequence)
        {
            drive.Revise(entry);
            _contact.Ring();
        }
    }

    /// <inheritdoc/>
    public Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation) => entry.Command switch
    {
        MachineCommand.Drive or MachineCommand.Follow => Lead(entry, permit, cancellation),
        MachineCommand.Instruct instruct => _instructions.Send(instruct, permit, cancellation),
        MachineCommand.AnswerRequest or MachineCommand.GiveZones when _topics.Dialect.Major < 3 =>
            Task.FromResult(SendResult.Refused($"VDA 5050 {_topics.Version} knows no zones and no requests")),
        MachineCommand.AnswerRequest answer => _instructions.Send(answer, permit, cancellation),
        MachineCommand.GiveZones zones => _instructions.Send(zones, permit, cancellation),
        _ => Task.FromResult(SendResult.Refused($"a vehicle cannot do {entry.Command.GetType().Name}")),
    };

    /// <inheritdoc/>
    public void Detach() => _silence?.Dispose();

    private async Task<SendResult> Lead(OutboxEntry entry, SendPermit permit, CancellationToken cancellation)
    {
        if (Course.Of(entry.Command) is not { } course)
        {
            return SendResult.Refused($"{entry.Command.Id} leads nowhere");
        }

        var drive = new CurrentDrive(entry, course, _rules, _facts!, _contact.Ring);
        _contact.Begin();
        lock (_gate)
        {
            _drive = drive;
        }

        drive.Begin();
        if (_contact.State is { } state)
        {
            Look(state, drive);
        }

        var result = await new DriveSender(_contact, drive, _style, permit, _clocks).Run(cancellation);
        if (result.Outcome is not null)
        {
            // What was refused is not followed any more, even if the vehicle does it later.
            lock (_gate)
            {
                _drive = null;
            }
        }

        return result;
    }

    private Task Listen(VdaTopic topic, MqttQos qos, Func<MqttMessage, Task> handler) =>
        _mqtt.Listen(_topics[topic], _topics.All(topic), qos, handler);

    /// <summary>Asks for a state where we may speak, and waits a moment for one that is newer than this call.</summary>
    private async Task NewestState(SendPermit permit, CancellationToken cancellation)
    {
        var next = _contact.NextState;
        if (permit.Answer == PermitAnswer.Open && _mqtt.Link.State == LinkState.Up)
        {
            await _contact.Act("stateRequest", null, [], cancellation);
            if (_contact.Factsheet is null)
            {
                await _contact.Act("factsheetRequest", null, [], cancellation);
            }
        }

        var patience = TimeSpan.FromMilliseconds(_manifest.Number(DeviceSettings.ReadBackMilliseconds));
        await Pause.Until(next, patience, _clocks.Real, cancellation);
    }

    /// <summary>A case for a person: the host reads the vehicle again, and gets it there.</summary>
    private void Raise(Difference difference)
    {
        lock (_gate)
        {
            _raised = difference;
        }

        _facts!.LinkCameBack();
    }

    /// <summary>After a reconnect any state is news: the vehicle may have been exchanged or its clock set back.</summary>
    private void OnOurLink(LinkState state)
    {
        if (state == LinkState.Down)
        {
            Forget();
        }
    }

    private void Forget()
    {
        _ear.Forget();
        _contact.Forget();
    }

    private Task OnState(MqttMessage message)
    {
        if (_wire.Read<VdaState>(message, VdaTopic.State) is not { } state
            || !_ear.Takes(VdaTopic.State, state.Timestamp, state.HeaderId, _wire.Now))
        {
            return Task.CompletedTask;
        }

        state = state with { Loads = StateMapping.Evidence(state.Loads, _loads) };
        CurrentDrive? drive;
        lock (_gate)
        {
            drive = _drive;
            _seen = StateMapping.Seen(state, _vehicle) ?? _seen;
        }

        if (_stale > TimeSpan.Zero)
        {
            _silence!.Change(_stale, Timeout.InfiniteTimeSpan);
        }

        Look(state, drive);
        TellSeen();
        _ = TellCondition(StateMapping.Condition(state));
        TellRequests(state);
        return _link.SpokeAgain() ? _link.Tell(online: true, _facts!) : Task.CompletedTask;
    }

    private void Look(VdaState state, CurrentDrive? drive)
    {
        _contact.Heard(state, drive);
        drive?.See(state, _wire.Now);
    }

    private Task OnVisualization(MqttMessage message)
    {
        if (_wire.Read<VdaVisualization>(message, VdaTopic.Visualization) is { MobileRobotPosition: { Localized: true } position } pose
            && _ear.Takes(VdaTopic.Visualization, pose.Timestamp ?? "", pose.HeaderId ?? 0, _wire.Now))
        {
            lock (_gate)
            {
                _seen = _seen is { } seen ? StateMapping.Seen(position, seen) : null;
            }

            TellSeen();
        }

        return Task.CompletedTask;
    }

    private Task OnFactsheet(MqttMessage message)
    {
        if (_wire.Read<VdaFactsheet>(message, VdaTopic.Factsheet) is { } factsheet)
        {
            _contact.Heard(factsheet);
        }

        return Task.CompletedTask;
    }

    private async Task OnConnection(MqttMessage message)
    {
        if (_wire.Read<VdaConnection>(message, VdaTopic.Connection) is { } connection)
        {
            var online = connection.ConnectionState == VdaConnectionState.Online;
            if (_link.CameBack(online))
            {
                Forget();
                _facts!.LinkCameBack();
            }

            await _link.Tell(online, _facts!);
        }
    }

    /// <summary>No state for too long: whatever the connection says, nobody knows how the vehicle is. What it has released stays its own.</summary>
    private void OnSilence()
    {
        _link.FellSilent();
        _ = _link.Tell(online: false, _facts!);
    }

    private async Task TellCondition(VehicleCondition condition)
    {
        lock (_gate)
        {
            if (_condition == condition)
            {
                return;
            }

            _condition = condition;
        }

        if (!await _facts!.Report(new DeviceSignal.ConditionChanged(condition)))
        {
            lock (_gate)
            {
                _condition = null;
            }
        }
    }

    private void TellRequests(VdaState state)
    {
        var open = ZoneMapping.OpenRequests(state);
        lock (_gate)
        {
            _asked.RemoveWhere(id => !open.Any(one => one.RequestId == id));
            open = open.RemoveAll(one => !_asked.Add(one.RequestId));
        }

        foreach (var request in open)
        {
            _ = TellRequest(request);
        }
    }

    private async Task TellRequest(VehicleRequest request)
    {
        if (!await _facts!.Report(new DeviceSignal.Requested(request)))
        {
            lock (_gate)
            {
                _asked.Remove(request.RequestId);
            }
        }
    }

    private void TellSeen()
    {
        if (_seen is { } seen)
        {
            _telemetry.Vehicle(seen);
        }
    }
}
