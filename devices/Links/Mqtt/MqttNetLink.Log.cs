using Microsoft.Extensions.Logging;
using MQTTnet;

namespace Warehouse.Devices.Links.Mqtt;

public sealed partial class MqttNetLink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "MQTT link {Client}: down -> up at {Host}:{Port}")]
    private partial void LogUp(string client, string host, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT link {Client}: up -> down")]
    private partial void LogDown(string client);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT link {Client}: the broker refused it: {Code} {Reason}")]
    private partial void LogRefused(string client, MqttClientConnectResultCode code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "MQTT link {Client}: the broker refused the subscription to {Filter}: {Code}")]
    private partial void LogNotSubscribed(string client, string filter, MqttClientSubscribeResultCode code);

    [LoggerMessage(Level = LogLevel.Error, Message = "MQTT link {Client}: the broker refused what it says of itself on {Topic}: {Code}")]
    private partial void LogPresence(string client, string topic, MqttClientPublishReasonCode code);

    [LoggerMessage(Level = LogLevel.Debug, Message = "MQTT link {Client}: no connection: {Failure}")]
    private partial void LogFailed(string client, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "a handler of {Topic} failed; the message stays unacknowledged")]
    private partial void LogNotTaken(Exception failure, string topic);
}
