using System.Text.Json;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Conformance;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Devices;

namespace Acme;

/// <summary>What the kit needs to grade the adapter: a manifest, commands, and how a signal names the machine's fact.</summary>
public sealed class AcmeSubject : IConformanceSubject
{
    public IDeviceAdapter Adapter { get; } = new AcmeAdapter();

    public DeviceManifest Manifest => DeviceManifest.Of(new("MAIN/ptl-S1-03"), Adapter.Kind).With(AcmeAdapter.Serial, "L-0815");

    public IMachine NewMachine(TimeProvider clock) => new AcmeMachine("L-0815", clock);

    public MachineCommand Command(int number) => new MachineCommand.ShowPick(new($"MAIN/S1/{number:000000}"), "green", 2, "");

    public string? FactOf(DeviceSignal signal) => signal is DeviceSignal.ButtonPressed press ? $"pressed {press.Task}" : null;
}

/// <summary>A light as the real one is, with somebody who presses it two seconds after it lit up.</summary>
public sealed class AcmeMachine(string serial, TimeProvider clock) : IMachine
{
    private readonly List<string> _done = [];
    private readonly List<string> _facts = [];
    private readonly List<AcmePress> _unheard = [];
    private IMqttLink? _link;
    private ITimer? _finger;
    private ITimer? _repeat;
    private AcmeSet? _shows;
    private string? _pressed;
    private long _boot;
    private long _number;

    public IReadOnlyList<string> Done => _done;

    public IReadOnlyList<string> Facts => _facts;

    public async Task PowerOn(IMqttLink link)
    {
        (_link, _number, _boot) = (link, 0, _boot + 1);
        await link.Subscribe($"acme/{serial}/set", MqttQos.AtLeastOnce, OnSet);
        link.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                SayState();
            }
        };
        link.Start();
    }

    public void PowerOff()
    {
        (_link, _shows) = (null, null);
        _unheard.Clear();
        _finger?.Dispose();
        _repeat?.Dispose();
    }

    public void Act(int number)
    {
    }

    private Task OnSet(MqttMessage message)
    {
        var set = JsonSerializer.Deserialize(message.Payload.Span, AcmeJson.Default.AcmeSet)!;
        if (set.Heard is { } heard)
        {
            _unheard.RemoveAll(press => press.Number == heard);
            return Task.CompletedTask;
        }

        if (set.Colour == "off")
        {
            _shows = _shows?.Task == set.Task ? null : _shows;
        }
        else if (_shows?.Task != set.Task && _pressed != set.Task)
        {
            Press(); // Whoever sees another light has put the last thing in already.
            _shows = set;
            _done.Add(set.Task);
            _finger?.Dispose();
            _finger = Later(Press, 2);
        }

        SayState();
        return Task.CompletedTask;
    }

    private void Press()
    {
        if (_shows is { } shows)
        {
            (_shows, _pressed) = (null, shows.Task);
            _facts.Add($"pressed {shows.Task}");
            _unheard.Add(new AcmePress(shows.Task, shows.Count, ++_number, _boot));
            Repeat();
        }
    }

    private void Repeat()
    {
        _unheard.ForEach(press => Say("press", JsonSerializer.SerializeToUtf8Bytes(press, AcmeJson.Default.AcmePress), retain: false));
        SayState();
        _repeat?.Dispose();
        _repeat = _unheard.Count > 0 ? Later(Repeat, 3) : null;
    }

    private void SayState() => Say("state", JsonSerializer.SerializeToUtf8Bytes(new AcmeState(_shows?.Task, _pressed), AcmeJson.Default.AcmeState), retain: true);

    private void Say(string what, byte[] payload, bool retain) =>
        _ = _link?.Publish(new MqttMessage($"acme/{serial}/{what}", payload, MqttQos.AtLeastOnce, retain));

    private ITimer Later(Action action, int seconds) => clock.CreateTimer(_ => action(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
