using System.Text.Json;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.PickToLight;

namespace Warehouse.Bench.Mqtt;

/// <summary>
/// Tags at the other end of the wire. Each keeps its presses until they are confirmed, as the protocol says, and repeats
/// them; what is published may be doubled and shuffled on purpose.
/// </summary>
internal sealed class TagFleet
{
    private const string Stamp = "2026-03-02T06:00:00.000Z";
    private readonly MqttNetLink _link;
    private readonly Tag[] _tags;
    private long _confirmed;

    public TagFleet(MqttNetLink link, int count) => (_link, _tags) = (link, [.. Enumerable.Range(0, count).Select(tag => new Tag(tag))]);

    /// <summary>Presses that were confirmed, each once.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    /// <summary>Told of a first confirmation: tag and sequence number.</summary>
    public event Action<int, long>? WasConfirmed;

    /// <summary>Told when a tag is lit for a task.</summary>
    public event Action<int, string>? WasLit;

    public Task Listen() => _link.Subscribe(PickTagTopics.AllCommands, MqttQos.AtLeastOnce, Hear);

    /// <summary>Every tag says that it is there and dark.</summary>
    public Task Hello() => Task.WhenAll(_tags.Select(tag => Tell(tag, null)));

    /// <summary>Another press of a tag, to be published by the caller.</summary>
    public MqttMessage Press(int number)
    {
        var tag = _tags[number];
        lock (tag)
        {
            var sequence = ++tag.Sequence;
            return tag.Unconfirmed[sequence] = new MqttMessage(tag.Topics.Event, JsonSerializer.SerializeToUtf8Bytes(
                new PickTagEvent(MqttFloor.Task(sequence).Text, PickTagEventKind.Confirm, 1, sequence, 1, Stamp), PickTagJson.Default.PickTagEvent), MqttQos.AtLeastOnce);
        }
    }

    /// <summary>What a tag has to repeat.</summary>
    public MqttMessage[] Unconfirmed(int number)
    {
        var tag = _tags[number];
        lock (tag)
        {
            return [.. tag.Unconfirmed.Values];
        }
    }

    /// <summary>Publishes; false when the link was down, as a tag whose cable is out.</summary>
    public async Task<bool> Try(MqttMessage message)
    {
        try
        {
            await _link.Publish(message);
            return true;
        }
        catch (LinkDownException)
        {
            return false;
        }
    }

    private async Task Hear(MqttMessage message)
    {
        var number = int.Parse(message.Topic.Split('/')[3].AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
        var command = JsonSerializer.Deserialize(message.Payload.Span, PickTagJson.Default.PickTagCommand)!;
        var tag = _tags[number];
        if (command.Ack is { } sequence)
        {
            bool first;
            lock (tag)
            {
                first = tag.Unconfirmed.Remove(sequence);
            }

            if (first)
            {
                Interlocked.Increment(ref _confirmed);
                WasConfirmed?.Invoke(number, sequence);
            }
        }
        else
        {
            WasLit?.Invoke(number, command.Id);
            await Tell(tag, command.Id);
        }
    }

    private async Task Tell(Tag tag, string? lit)
    {
        long sequence;
        lock (tag)
        {
            sequence = tag.Sequence;
        }

        await Try(new MqttMessage(
            tag.Topics.State, JsonSerializer.SerializeToUtf8Bytes(new PickTagState(lit, 1, sequence), PickTagJson.Default.PickTagState), MqttQos.AtLeastOnce, Retain: true));
    }

    private sealed class Tag(int number)
    {
        public PickTagTopics Topics { get; } = new("MAIN", MqttFloor.TagName(number));

        public SortedDictionary<long, MqttMessage> Unconfirmed { get; } = [];

        public long Sequence { get; set; }
    }
}
