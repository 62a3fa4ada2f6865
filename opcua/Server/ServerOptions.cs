using System.Net;
using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Channels;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;

namespace Warehouse.OpcUa.Server;

/// <summary>How a server presents itself, whom it takes, and how much.</summary>
public sealed record ServerOptions
{
    /// <summary>Where it listens; port 0 takes a free one. Default any free port of this machine alone.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The host's name in its endpoints' URLs. Default localhost.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>The path in its endpoints' URLs.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Its URI; the same as in its certificate.</summary>
    public required string ApplicationUri { get; init; }

    /// <summary>Its name for people.</summary>
    public string ApplicationName { get; init; } = "WarehouseOrleans";

    /// <summary>Its certificate with the key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Whose application certificates are taken.</summary>
    public required TrustList TrustList { get; init; }

    /// <summary>The endpoints it offers. Default sign and encrypt with every policy; None is to be asked for.</summary>
    public IReadOnlyList<(SecurityPolicy Policy, MessageSecurityMode Mode)> Endpoints { get; init; } =
    [
        (SecurityPolicy.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt), (SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt),
        (SecurityPolicy.Aes128Sha256RsaOaep, MessageSecurityMode.SignAndEncrypt),
    ];

    /// <summary>Whether sessions without a user are taken.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Checks a name and a password; null takes none.</summary>
    public Func<string, string, bool>? CheckPassword { get; init; }

    /// <summary>Users' certificates that are taken; null takes none.</summary>
    public TrustList? Users { get; init; }

    /// <summary>Decides whether a session may write and call. Default every session may.</summary>
    public Func<ServerSession, bool> MayChange { get; init; } = _ => true;

    /// <summary>What a channel takes.</summary>
    public ChannelLimits Limits { get; init; } = ChannelLimits.Default;

    /// <summary>Longest lifetime of a channel's token, in milliseconds.</summary>
    public uint MaxTokenLifetimeMilliseconds { get; init; } = 3_600_000;

    /// <summary>Connections at one time.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How long a connection may take to open its channel.</summary>
    public TimeSpan OpeningTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sessions at one time.</summary>
    public int MaxSessions { get; init; } = 50;

    /// <summary>Longest time that a session lives without a request.</summary>
    public TimeSpan MaxSessionTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Subscriptions of a session.</summary>
    public int MaxSubscriptions { get; init; } = 20;

    /// <summary>Monitored items of a subscription.</summary>
    public int MaxMonitoredItems { get; init; } = 20_000;

    /// <summary>Notifications that an item keeps.</summary>
    public uint MaxQueueSize { get; init; } = 1000;

    /// <summary>Publish requests that wait in a session.</summary>
    public int MaxPublishRequests { get; init; } = 20;

    /// <summary>Messages that a subscription keeps for Republish.</summary>
    public int MaxRetransmissions { get; init; } = 200;

    /// <summary>Shortest publishing interval, in milliseconds.</summary>
    public double MinPublishingIntervalMilliseconds { get; init; } = 10;

    /// <summary>Operations in one request (OperationLimits, Part 5, 6.3.11).</summary>
    public int MaxOperations { get; init; } = 10_000;

    /// <summary>Browse continuation points of a session.</summary>
    public int MaxContinuationPoints { get; init; } = 20;
}
