using System.Net;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>Where machines are served, and to whom.</summary>
public sealed record OpcUaHostOptions
{
    /// <summary>Where it listens; port 0 takes a free one. Default any free port of this machine alone.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The host's name in the endpoint's URL. Default localhost.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>The folder below Objects in which the machines stand.</summary>
    public string Folder { get; init; } = "Machines";

    /// <summary>
    /// Whether whoever reaches it may look without a certificate (policy None, no user). Writing and calling always needs a
    /// channel whose certificate is trusted, unless <see cref="AnyoneMayChange"/>.
    /// </summary>
    public bool AnyoneMayLook { get; init; }

    /// <summary>Whether sessions without security may write and call as well: for tests on one machine.</summary>
    public bool AnyoneMayChange { get; init; }

    internal IReadOnlyList<(SecurityPolicy Policy, MessageSecurityMode Mode)> Endpoints =>
        [.. SecurityPolicy.All.Where(policy => AnyoneMayLook || AnyoneMayChange || !policy.IsNone).SelectMany(policy => policy.IsNone
            ? new[] { (policy, MessageSecurityMode.None) }
            : [(policy, MessageSecurityMode.SignAndEncrypt), (policy, MessageSecurityMode.Sign)])];
}
