using System.Net;
using System.Net.Sockets;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Links.OpcUa.Stack;
using Warehouse.Devices.Tests.Staging;

namespace Warehouse.Devices.Tests.Links;

public sealed class MemoryOpcUaTests : OpcUaLinkContract
{
    private readonly MemoryOpcUa _both = Both();

    protected override IOpcUaLink Link => _both;

    protected override IOpcUaServer Server => _both;

    protected override void Cut() => _both.Cut();

    private static MemoryOpcUa Both() => new(TimeProvider.System, reconnectAfter: TimeSpan.FromMilliseconds(20));
}

public sealed class PlainOpcUaLinkTests(OpcUaPair pair) : StackOpcUaLinkTests(pair, OpcUaSecurity.None);

public sealed class SecureOpcUaLinkTests(OpcUaPair pair) : StackOpcUaLinkTests(pair, OpcUaSecurity.Aes256Sha256RsaPss)
{
    [Fact]
    public async Task A_server_that_is_not_trusted_is_told_nothing_and_its_certificate_waits_for_a_person()
    {
        var stranger = new OpcUaApplication(Path.Combine(Pair.Folder, "stranger"), "stranger", TimeProvider.System);
        await using var link = NewLink(stranger);
        link.Start();
        using var patience = new CancellationTokenSource(Patience);
        while (link.Health.Failures == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Contains("certificate", link.Health.LastFailure, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(Pair.Folder, "stranger", "rejected")));
    }
}

/// <summary>Two applications that trust each other. Keys are slow to make and secret to nobody: one pair for each class.</summary>
public sealed class OpcUaPair : IDisposable
{
    public OpcUaPair()
    {
        (Client, Machines) = (Application("client"), Application("machines"));
        Client.TrustPeer(Machines);
        Machines.TrustPeer(Client);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("opcua-link-").FullName;

    public OpcUaApplication Client { get; }

    public OpcUaApplication Machines { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private OpcUaApplication Application(string name) => new(Path.Combine(Folder, name), name, TimeProvider.System);
}

public abstract class StackOpcUaLinkTests : OpcUaLinkContract, IClassFixture<OpcUaPair>
{
    private readonly OpcUaSecurity _security;
    private readonly OpcUaMachineHost _host;
    private readonly IOpcUaServer _server;
    private readonly OpcUaLink _link;

    protected StackOpcUaLinkTests(OpcUaPair pair, OpcUaSecurity security)
    {
        (Pair, _security) = (pair, security);
        _host = NewHost(pair, security);
        _server = _host.Add("Sample", SampleMachine.Model);
        _link = NewLink(pair.Client);
    }

    protected OpcUaPair Pair { get; }

    protected override IOpcUaLink Link => _link;

    protected override IOpcUaServer Server => _server;

    protected override void Cut() => _host.CutConnections();

    protected override async Task End() => await _host.DisposeAsync();

    protected OpcUaLink NewLink(OpcUaApplication application) => new(
        new OpcUaLinkOptions
        {
            EndpointUrl = _host.EndpointUrl, Machine = _host.PathOf("Sample"), Security = _security, PublishingMilliseconds = 20,
            Backoff = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
        },
        application, TimeProvider.System, new Random(1));

    private static OpcUaMachineHost NewHost(OpcUaPair pair, OpcUaSecurity security) => new(
        new OpcUaHostOptions { AnyoneMayChange = security == OpcUaSecurity.None, Listen = new(IPAddress.Loopback, FreePort()) },
        pair.Machines, TimeProvider.System);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
