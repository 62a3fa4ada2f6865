using System.Text;
using System.Text.Json;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// What a link says of itself, retained: online at each connection, not online as its will and before a good-bye, both
/// with the time of the connection. This is the STATE of a Sparkplug host application (Sparkplug 3.0, sections 5.11 and
/// 6.4.25): edge nodes that name a primary host speak while it is online. One link at a time may speak on a topic.
/// </summary>
/// <param name="Topic">The topic: <c>spBv1.0/STATE/</c> and the host's id.</param>
public sealed record MqttPresence(string Topic)
{
    /// <summary>The STATE of a Sparkplug host application.</summary>
    /// <param name="host">Its id, one level of a topic.</param>
    public static MqttPresence OfSparkplugHost(string host) => new($"spBv1.0/STATE/{host}");

    /// <summary>What is said of a connection.</summary>
    /// <param name="online">Whether it is there.</param>
    /// <param name="since">When it was asked for, real clock.</param>
    public MqttMessage Say(bool online, Moment since) => new(
        Topic, Encoding.UTF8.GetBytes($$"""{"online":{{(online ? "true" : "false")}},"timestamp":{{since.UnixMilliseconds}}}"""),
        MqttQos.AtLeastOnce, Retain: true);

    /// <summary>
    /// True when a message says now that whoever speaks here is away: the will of an earlier connection may come late. What
    /// was retained from before is no news.
    /// </summary>
    public bool SaysAway(MqttMessage message)
    {
        if (message.Topic != Topic || message.Retain || message.Payload.Length > 256)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(message.Payload.Span);
            return JsonElement.TryParseValue(ref reader, out var said) && said is { ValueKind: JsonValueKind.Object } state
                && state.TryGetProperty("online", out var online) && online.ValueKind == JsonValueKind.False;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
