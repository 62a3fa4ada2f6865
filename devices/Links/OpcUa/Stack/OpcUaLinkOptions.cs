using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>How channels are protected (Part 7; None only where nobody else can reach the wire).</summary>
public enum OpcUaSecurity
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>Basic256Sha256.</summary>
    Basic256Sha256,
    /// <summary>Aes128_Sha256_RsaOaep.</summary>
    Aes128Sha256RsaOaep,
    /// <summary>Aes256_Sha256_RsaPss.</summary>
    Aes256Sha256RsaPss,
}

/// <summary>One machine's OPC UA server and how to speak with it. Times are of the real clock.</summary>
public sealed record OpcUaLinkOptions
{
    /// <summary>The server, <c>opc.tcp://host:port/path</c>.</summary>
    public required string EndpointUrl { get; init; }

    /// <summary>The machine's object: browse names from Objects down, joined by '/', or a node id. Empty is Objects itself.</summary>
    public string Machine { get; init; } = "";

    /// <summary>The security policy. Default the strongest.</summary>
    public OpcUaSecurity Security { get; init; } = OpcUaSecurity.Aes256Sha256RsaPss;

    /// <summary>Sign without encrypting. Default false.</summary>
    public bool SignOnly { get; init; }

    /// <summary>User; empty for an anonymous session.</summary>
    public string User { get; init; } = "";

    /// <summary>The user's password; it is only sent encrypted.</summary>
    public string Password { get; init; } = "";

    /// <summary>Waits between two tries to connect.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(15));

    /// <summary>How long a request waits for its answer. Default 10 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two looks whether the server still answers. Default 5 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server is asked to keep a session and its subscriptions over a cut. Default 60 s.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Lifetime of a channel's token that is asked for; it is renewed at three quarters. Default one hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Milliseconds between two tellings of what changed. Default 100.</summary>
    public int PublishingMilliseconds { get; init; } = 100;

    /// <summary>Events that the server keeps between two tellings. Default 1,000.</summary>
    public int EventQueueSize { get; init; } = 1_000;

    /// <summary>Watched variables at most. Default 20,000.</summary>
    public int MaxWatched { get; init; } = 20_000;

    internal SecurityPolicy Policy => Security switch
    {
        OpcUaSecurity.None => SecurityPolicy.None,
        OpcUaSecurity.Basic256Sha256 => SecurityPolicy.Basic256Sha256,
        OpcUaSecurity.Aes128Sha256RsaOaep => SecurityPolicy.Aes128Sha256RsaOaep,
        OpcUaSecurity.Aes256Sha256RsaPss => SecurityPolicy.Aes256Sha256RsaPss,
    };

    internal ClientOptions ToClient(OpcUaApplication application) => new(EndpointUrl)
    {
        Policy = Policy,
        Mode = Security == OpcUaSecurity.None ? MessageSecurityMode.None : SignOnly ? MessageSecurityMode.Sign : MessageSecurityMode.SignAndEncrypt,
        ApplicationUri = application.Uri, ApplicationName = application.Name,
        OwnCertificate = Security == OpcUaSecurity.None && User.Length == 0 ? null : application.Certificate,
        TrustList = application.Trust,
        Identity = User.Length == 0 ? new ClientIdentity.Anonymous() : new ClientIdentity.UserName(User, Password),
        RequestTimeout = RequestTimeout, SessionTimeout = SessionTimeout,
        TokenLifetimeMilliseconds = (uint)Math.Clamp(TokenLifetime.TotalMilliseconds, 100, uint.MaxValue),
    };
}
