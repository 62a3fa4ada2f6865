using System.Text.Json;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.PickToLight;

namespace Warehouse.Devices.Conformance.Machines;

/// <summary>A pick-to-light tag with a picker before it: lights, is pressed two seconds later, repeats the press until it is confirmed.</summary>
public sealed class TagMachine(PickTagTopics topics, TimeProvider clock) : IMachine, IDisposable
{
    private readonly List<string> _done = [];
    private readonly List<string> _facts = [];
    private IMqttLink? _link;
    private PickTagCommand? _lit;
    private readonly List<PickTagEvent> _unconfirmed = [];
    private string? _last;
    private ITimer? _picker;
    private ITimer? _repeat;
    private long _boot;
    private long _seq;

    /// <inheritdoc/>
    public IReadOnlyList<string> Done => _done;

    /// <inheritdoc/>
    public IReadOnlyList<string> Facts => _facts;

    /// <summary>The name of a press.</summary>
    public static string FactOf(string task) => $"pressed {task}";

    /// <inheritdoc/>
    public async Task PowerOn(IMqttLink link)
    {
        (_link, _seq, _boot) = (link, 0, _boot + 1);
        await link.Subscribe(topics.Command, MqttQos.AtLeastOnce, OnCommand);
        link.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                SayState();
            }
        };
        link.Start();
    }

    /// <inheritdoc/>
    public void PowerOff()
    {
        (_link, _lit) = (null, null);
        _unconfirmed.Clear();
        _picker?.Dispose();
        _repeat?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => PowerOff();

    /// <inheritdoc/>
    public void Act(int number)
    {
    }

    private Task OnCommand(MqttMessage message)
    {
        var command = JsonSerializer.Deserialize(message.Payload.Span, PickTagJson.Default.PickTagCommand)!;
        if (command.Ack is { } ack)
        {
            _unconfirmed.RemoveAll(waits => (waits.Seq, waits.Boot) == (ack, command.Boot));
            return Task.CompletedTask;
        }

        if (command.Color == PickTagCommand.Off)
        {
            _lit = _lit?.Id == command.Id ? null : _lit;
        }
        else if (_lit?.Id != command.Id && _last != command.Id)
        {
            // A picker who sees another light has put the last thing in already.
            Press();
            _lit = command;
            _done.Add(command.Id);
            _picker?.Dispose();
            _picker = Later(Press, 2);
        }

        SayState();
        return Task.CompletedTask;
    }

    private void Press()
    {
        if (_lit is not { } lit || _link is null)
        {
            return;
        }

        (_lit, _last) = (null, lit.Id);
        _facts.Add(FactOf(lit.Id));
        _unconfirmed.Add(new PickTagEvent(lit.Id, PickTagEventKind.Confirm, lit.Qty, ++_seq, _boot, "2026-03-02T06:00:00.000Z"));
        Repeat();
    }

    private void Repeat()
    {
        if (_link is not { } link)
        {
            return;
        }

        foreach (var waits in _unconfirmed)
        {
            Say(link, topics.Event, JsonSerializer.SerializeToUtf8Bytes(waits, PickTagJson.Default.PickTagEvent), retain: false);
        }

        SayState();
        _repeat?.Dispose();
        _repeat = _unconfirmed.Count > 0 ? Later(Repeat, 3) : null;
    }

    private void SayState()
    {
        if (_link is { } link)
        {
            Say(link, topics.State, JsonSerializer.SerializeToUtf8Bytes(new PickTagState(_lit?.Id, _boot, _seq, _last), PickTagJson.Default.PickTagState), retain: true);
        }
    }

    private ITimer Later(Action action, int seconds) =>
        clock.CreateTimer(_ => action(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private static void Say(IMqttLink link, string topic, byte[] payload, bool retain) =>
        _ = link.Publish(new MqttMessage(topic, payload, MqttQos.AtLeastOnce, retain));
}
