namespace Warehouse.Devices.Links.Mqtt;

/// <summary>How hard the broker tries. Exactly-once is not offered: our ids make repeats harmless for less.</summary>
public enum MqttQos
{
    /// <summary>Sent once, never acknowledged.</summary>
    AtMostOnce = 0,
    /// <summary>Sent until acknowledged; may come twice.</summary>
    AtLeastOnce = 1,
}

/// <summary>One application message.</summary>
/// <param name="Topic">Where it is published: levels joined by '/', no wildcard.</param>
/// <param name="Payload">Its bytes; they must not change after it was handed over.</param>
/// <param name="Qos">How hard the broker tries.</param>
/// <param name="Retain">Towards the broker: keep it as the topic's last. From the broker: it was kept from before the subscription.</param>
public sealed record MqttMessage(
    string Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos = MqttQos.AtMostOnce, bool Retain = false);
