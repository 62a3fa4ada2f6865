using System.Text.Json;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Vda5050;

/// <summary>What happens with a message that breaks the published schema.</summary>
public enum Validation
{
    /// <summary>Nobody looks.</summary>
    Off,
    /// <summary>It is counted and used as far as it can be read.</summary>
    Count,
    /// <summary>It is counted and not used; of ours, not sent.</summary>
    Refuse,
}

/// <summary>A message of ours that must not be sent: it breaks the schema, or what the vehicle says of its limits.</summary>
public sealed class UnfitMessageException(string reason) : Exception(reason);

/// <summary>
/// One vehicle's messages on the link: read and written in its dialect, checked against the published schemas,
/// numbered by topic. What comes is bounded before it is parsed, and nothing that comes can throw.
/// </summary>
internal sealed class VehicleWire(
    VdaTopics topics, Validation validation, DeviceId device, IMqttLink link, WireFaults faults, TimeProvider warehouse)
{
    /// <summary>Most bytes of a message that is read.</summary>
    public const int MostBytes = 256 * 1024;

    private readonly HeaderIds _headers = new();
    private readonly VdaDialect _dialect = topics.Dialect;

    /// <summary>The header of the next message of a topic.</summary>
    public VdaHeader Header(VdaTopic topic) => new(_headers.Next(topic), Now, topics);

    /// <summary>The floor's time.</summary>
    public Moment Now => Moment.Of(warehouse.GetUtcNow());

    /// <summary>The message's body; null when it is none, or breaks its schema where that is refused. Both are counted.</summary>
    public T? Read<T>(MqttMessage message, VdaTopic topic)
        where T : class
    {
        if (message.Payload.Length > MostBytes)
        {
            faults.Add(device, message.Topic, $"{message.Payload.Length} bytes, and {MostBytes} are the most");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            if (validation != Validation.Off && _dialect.Breaches(topic, document.RootElement) is { IsEmpty: false } breaches)
            {
                faults.Add(device, message.Topic, $"schema {_dialect.SchemaVersion}: {string.Join("; ", breaches)}");
                if (validation == Validation.Refuse)
                {
                    return null;
                }
            }

            return _dialect.Read<T>(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            faults.Add(device, message.Topic, malformed.Message.Length <= 200 ? malformed.Message : malformed.Message[..200]);
            return null;
        }
    }

    /// <summary>A message as bytes, checked. Throws <see cref="UnfitMessageException"/> when it must not be sent.</summary>
    public byte[] Write<T>(T message, VdaTopic topic)
        where T : class
    {
        var payload = _dialect.Write(message);
        if (validation == Validation.Off)
        {
            return payload;
        }

        using var document = JsonDocument.Parse(payload);
        if (_dialect.Breaches(topic, document.RootElement) is { IsEmpty: false } breaches)
        {
            var reason = $"schema {_dialect.SchemaVersion}: {string.Join("; ", breaches)}";
            faults.Add(device, topics[topic], $"ours: {reason}");
            if (validation == Validation.Refuse)
            {
                throw new UnfitMessageException(reason);
            }
        }

        return payload;
    }

    /// <summary>Publishes what was written.</summary>
    public Task Publish(VdaTopic topic, byte[] payload, CancellationToken cancellation) =>
        link.Publish(new MqttMessage(topics[topic], payload), cancellation);
}
