using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>
/// Retained messages on disk: one JSON file, written beside the old one, flushed, and then put in its place, so that
/// there is always a whole one. A file that cannot be read is set aside: devices say again what they are.
/// </summary>
/// <param name="path">Where it lies.</param>
internal sealed class RetainedFile(string path)
{
    private readonly Lock _gate = new();

    /// <summary>What was kept; nothing when there is no file or it is damaged.</summary>
    public ImmutableArray<MqttMessage> Read()
    {
        try
        {
            using var stream = File.OpenRead(path);
            var kept = JsonSerializer.Deserialize(stream, RetainedJson.Default.RetainedMessages);
            return kept is null || kept.Messages.IsDefault
                ? []
                : [.. kept.Messages.Where(one => TopicFilter.IsTopic(one.Topic)).Select(one => new MqttMessage(one.Topic, one.Payload, one.Qos == 0 ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce, Retain: true))];
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            File.Move(path, path + ".damaged", overwrite: true);
            return [];
        }
    }

    /// <summary>Replaces the file.</summary>
    public void Write(ImmutableArray<MqttMessage> messages)
    {
        lock (_gate)
        {
            var next = path + ".next";
            using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(
                    stream, new RetainedMessages([.. messages.Select(one => new RetainedMessage(one.Topic, (int)one.Qos, one.Payload.ToArray()))]),
                    RetainedJson.Default.RetainedMessages);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
    }
}

/// <summary>One of the file's messages.</summary>
internal sealed record RetainedMessage(string Topic, int Qos, byte[] Payload);

/// <summary>The file's shape.</summary>
internal sealed record RetainedMessages(ImmutableArray<RetainedMessage> Messages);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RetainedMessages))]
internal sealed partial class RetainedJson : JsonSerializerContext;
