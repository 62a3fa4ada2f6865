namespace Warehouse.Devices.Links.Mqtt;

/// <summary>How a link is, for people and for whoever decides to wait. Counts are since it was made.</summary>
/// <param name="State">Whether it can be used now.</param>
/// <param name="Connects">Connections that came up.</param>
/// <param name="Resumed">Of these, how many found their session at the broker.</param>
/// <param name="Refused">Connections and subscriptions that the broker refused.</param>
/// <param name="Published">Messages handed to the broker; QoS 1 once acknowledged.</param>
/// <param name="PublishFailed">Messages that were not confirmed, refused ones included.</param>
/// <param name="Out">QoS 1 messages out and not acknowledged.</param>
/// <param name="WaitingOut">Messages that wait until one of these is.</param>
/// <param name="Heard">Messages that came.</param>
/// <param name="WaitingIn">Messages that came and wait for their turn.</param>
/// <param name="Held">QoS 1 messages that came and are not acknowledged: their facts are not durable yet.</param>
/// <param name="Shed">QoS 0 messages that were dropped here because too many waited.</param>
/// <param name="NotTaken">Messages whose handler failed; those of QoS 1 come again.</param>
/// <param name="LastFailure">Why the last connection or subscription failed; null when none did.</param>
public sealed record MqttLinkHealth(
    LinkState State, long Connects = 0, long Resumed = 0, long Refused = 0, long Published = 0, long PublishFailed = 0, int Out = 0,
    int WaitingOut = 0, long Heard = 0, int WaitingIn = 0, int Held = 0, long Shed = 0, long NotTaken = 0,
    string? LastFailure = null)
{
    /// <summary>How long the oldest message that waits for its turn has waited.</summary>
    public TimeSpan Lag { get; init; }
}
