using System.Globalization;
using System.Text.Json;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.PickToLight;

namespace Warehouse.Simulation.Plant;

/// <summary>A pick-to-light tag: shows one task, tells presses, and repeats what nobody confirmed.</summary>
public sealed class VirtualTag
{
    private readonly PickTagTopics topics;
    private readonly Agenda agenda;
    private readonly PlantOptions options;
    private readonly Action<MqttMessage> send;
    private readonly Action changed;
    private readonly SortedDictionary<long, PickTagEvent> unconfirmed = [];
    private long boot;
    private long sequence;
    private string? done;

    internal VirtualTag(PickTagTopics topics, int slot, Agenda agenda, PlantOptions options, Action<MqttMessage> send, Action changed)
    {
        Slot = slot;
        (this.topics, this.agenda, this.options, this.send, this.changed) = (topics, agenda, options, send, changed);
        boot = agenda.Now;
    }

    /// <summary>The slot it hangs at, from 1.</summary>
    public int Slot { get; }

    /// <summary>What it shows; null when dark.</summary>
    public PickTagCommand? Shown { get; private set; }

    internal string CommandTopic => topics.Command;

    /// <summary>Say that it is there, and dark.</summary>
    public void Start() => TellState();

    /// <summary>It lost its power for a moment: its light, its numbering and what it had not told are gone.</summary>
    public void Reboot()
    {
        boot = Math.Max(boot + 1, agenda.Now);
        (sequence, Shown, done) = (0, null, null);
        unconfirmed.Clear();
        TellState();
        changed();
    }

    /// <summary>A command came in; a repeat changes nothing.</summary>
    public void Take(PickTagCommand command)
    {
        if (command.Ack is { } acknowledged)
        {
            if (command.Boot == boot)
            {
                unconfirmed.Remove(acknowledged);
            }

            return;
        }

        if (command.Color == PickTagCommand.Off)
        {
            if (Shown?.Id == command.Id)
            {
                (Shown, done) = (null, command.Id);
                changed();
            }
        }
        else if (command.Color is not null && Shown?.Id != command.Id && done != command.Id)
        {
            Shown = command;
            changed();
        }

        TellState();
    }

    /// <summary>A finger: the light goes out and the press is told until it is confirmed.</summary>
    public void Press(int quantity)
    {
        var task = Shown ?? throw new InvalidOperationException($"{topics.Tag} is dark");
        (Shown, done) = (null, task.Id);
        var kind = quantity < task.Qty ? PickTagEventKind.Short : PickTagEventKind.Confirm;
        var press = new PickTagEvent(task.Id, kind, quantity, ++sequence, boot, Stamp());
        unconfirmed.Add(sequence, press);
        Tell(press);
        TellState();
    }

    private void Tell(PickTagEvent press)
    {
        if (press.Boot != boot || !unconfirmed.ContainsKey(press.Seq))
        {
            return;
        }

        send(new MqttMessage(topics.Event, JsonSerializer.SerializeToUtf8Bytes(press, PickTagJson.Default.PickTagEvent), MqttQos.AtLeastOnce));
        agenda.In(options.RepeatMilliseconds, () => Tell(press));
    }

    private void TellState() => send(new MqttMessage(
        topics.State, JsonSerializer.SerializeToUtf8Bytes(new PickTagState(Shown?.Id, boot, sequence, done), PickTagJson.Default.PickTagState),
        MqttQos.AtLeastOnce, Retain: true));

    private string Stamp() => DateTimeOffset.FromUnixTimeMilliseconds(agenda.Now)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
