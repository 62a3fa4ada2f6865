using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>Reading of messages that may be anything.</summary>
public static class Wire
{
    /// <summary>The message's body, or null when it is not one; that is counted.</summary>
    public static T? Read<T>(MqttMessage message, JsonTypeInfo<T> type, DeviceId device, WireFaults faults)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(message.Payload.Span, type) is { } body)
            {
                return body;
            }

            faults.Add(device, message.Topic, "null");
        }
        catch (JsonException malformed)
        {
            faults.Add(device, message.Topic, malformed.Message);
        }

        return null;
    }
}
