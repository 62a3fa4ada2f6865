using System.Text;
using System.Threading.Channels;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;

namespace Interop.Tests.Staging;

/// <summary>Our side of a wire: links that come up before they are used, and what they hear.</summary>
internal static class Links
{
    /// <summary>A link that is up.</summary>
    public static async Task<MqttNetLink> Up(MqttLinkOptions options)
    {
        var link = NotStarted(options);
        var up = Becomes(link, LinkState.Up);
        link.Start();
        await up.WaitAsync(PeerProcess.Patience);
        return link;
    }

    /// <summary>A link for somebody else to start.</summary>
    public static MqttNetLink NotStarted(MqttLinkOptions options) => new(
        options with { Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)) }, TimeProvider.System, new Random(1));

    /// <summary>Ends at the link's next change to a state.</summary>
    public static Task Becomes(IMqttLink link, LinkState wanted)
    {
        var became = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.StateChanged += state =>
        {
            if (state == wanted)
            {
                became.TrySetResult();
            }
        };
        return became.Task.WaitAsync(PeerProcess.Patience);
    }

    /// <summary>A QoS 1 message of a text.</summary>
    public static MqttMessage Message(string topic, string text, bool retain = false) => new(topic, Encoding.UTF8.GetBytes(text), MqttQos.AtLeastOnce, retain);
}

/// <summary>What was heard, in order, as <c>topic=text</c>.</summary>
internal sealed class Inbox
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();

    /// <summary>A handler.</summary>
    public Task Take(MqttMessage message)
    {
        _heard.Writer.TryWrite($"{message.Topic}={Encoding.UTF8.GetString(message.Payload.Span)}");
        return Task.CompletedTask;
    }

    /// <summary>The next that was heard.</summary>
    public async Task<string> Next()
    {
        using var patience = new CancellationTokenSource(PeerProcess.Patience);
        return await _heard.Reader.ReadAsync(patience.Token);
    }
}
