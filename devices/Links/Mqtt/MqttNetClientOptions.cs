using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>Our options and messages in the library's words.</summary>
internal static class MqttNetClientOptions
{
    /// <summary>
    /// The library's own 8 KiB hold some ten small messages, after which the window is shut and the sender waits for its
    /// probe timer: a busy broker then brings forty messages a second, queues the rest, and in the end drops them.
    /// </summary>
    private const int SocketBufferBytes = 1024 * 1024;

    /// <summary>The options of one connection; certificates are read anew, so that an exchanged file counts from the next.</summary>
    /// <param name="options">How to connect.</param>
    /// <param name="will">What the broker publishes when the connection breaks; null is nothing.</param>
    public static MqttClientOptions Of(MqttLinkOptions options, MqttMessage? will)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithClientId(options.ClientId)
            .WithTcpServer(options.Host, options.Port)
            .WithTcpServer(tcp => tcp.BufferSize = SocketBufferBytes)
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(options.Timeout);
        if (options.Version == MqttVersion.V5)
        {
            builder.WithProtocolVersion(MqttProtocolVersion.V500).WithCleanStart(false)
                .WithSessionExpiryInterval((uint)options.SessionExpiry.TotalSeconds).WithReceiveMaximum((ushort)options.InFlight);
        }
        else
        {
            builder.WithProtocolVersion(MqttProtocolVersion.V311).WithCleanSession(false);
        }

        if (options.User.Length > 0)
        {
            builder.WithCredentials(options.User, options.Password);
        }

        if (will is not null)
        {
            builder.WithWillTopic(will.Topic).WithWillPayload(will.Payload.ToArray())
                .WithWillQualityOfServiceLevel((MqttQualityOfServiceLevel)will.Qos).WithWillRetain(will.Retain);
        }

        if (options.Tls is { } tls)
        {
            builder.WithTlsOptions(wire => Secure(wire, tls, options.Host));
        }

        return builder.Build();
    }

    /// <summary>A message as the library sends it.</summary>
    public static MqttApplicationMessage Of(MqttMessage message) => new()
    {
        Topic = message.Topic,
        Payload = new ReadOnlySequence<byte>(message.Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.Qos,
        Retain = message.Retain,
    };

    /// <summary>A warehouse's own authority publishes no revocation lists; who is not trusted any more is taken out of the CA file.</summary>
    private static void Secure(MqttClientTlsOptionsBuilder wire, MqttTls tls, string host)
    {
        wire.UseTls().WithTargetHost(tls.ServerName.Length > 0 ? tls.ServerName : host);
        if (tls.Trusted() is { } trusted)
        {
            wire.WithTrustChain(trusted).WithRevocationMode(X509RevocationMode.NoCheck).WithIgnoreCertificateRevocationErrors();
        }

        if (tls.Own() is { } own)
        {
            wire.WithClientCertificates([own]);
        }
    }
}
