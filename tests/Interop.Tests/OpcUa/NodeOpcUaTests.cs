using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Interop.Tests.Staging;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Server;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Interop.Tests.OpcUa;

/// <summary>node-opcua as the client of our server and as the server of our client.</summary>
public sealed class NodeOpcUaTests : IDisposable
{
    private const string Peer = "npm:node-opcua";
    private const string ServerUri = "urn:localhost:interop:server";
    private const string ClientUri = "urn:localhost:interop:client";

    private static readonly X509Certificate2 s_server = ApplicationCertificate.Create(ServerUri, "server", DateTimeOffset.UtcNow);
    private static readonly X509Certificate2 s_client = ApplicationCertificate.Create(ClientUri, "client", DateTimeOffset.UtcNow);

    private readonly string _folder = Directory.CreateTempSubdirectory("opcua-interop").FullName;

    [PeerFact(Peer)]
    public async Task Their_client_browses_reads_subscribes_calls_and_acknowledges_under_each_policy()
    {
        foreach (var policy in SecurityPolicy.All)
        {
            var (server, trust) = Serve();
            await using var served = server;
            if (policy.IsNone)
            {
                Assert.Equal("OK", await RunClient(server, policy, MessageSecurityMode.None));
                continue;
            }

            // The first time it is a stranger; a person then moves its certificate over.
            Assert.StartsWith("REFUSED", await RunClient(server, policy, MessageSecurityMode.SignAndEncrypt), StringComparison.Ordinal);
            foreach (var rejected in Directory.GetFiles(trust.Rejected))
            {
                File.Move(rejected, Path.Combine(trust.Trusted, Path.GetFileName(rejected)));
            }

            Assert.Equal("OK", await RunClient(server, policy, MessageSecurityMode.SignAndEncrypt));
        }
    }

    [PeerFact(Peer)]
    public async Task Our_client_reads_writes_and_calls_their_server_under_each_policy()
    {
        await using var peer = PeerProcess.Node("opcua-server.mjs", $"{FreePort()}", Path.Combine(_folder, "pki"));
        var url = Url(await peer.Says("^READY"));
        foreach (var policy in SecurityPolicy.All)
        {
            MessageSecurityMode[] modes = policy.IsNone ? [MessageSecurityMode.None] : [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt];
            foreach (var mode in modes)
            {
                var options = await Options(url, policy, mode) with { Identity = new ClientIdentity.UserName("operator", "open") };
                await using var client = await OpcUaClient.Connect(options, TimeProvider.System);
                var expected = 100 + (int)mode;
                Assert.Equal([StatusCodes.Good],
                    await client.Write([new(new NodeId(1, "Number"), AttributeId.Value, null, new DataValue(new Variant(expected)))]));
                Assert.Equal(expected, (await client.Read(new NodeId(1, "Number"))).Value.Value);
                var call = await client.Call([new(new NodeId(1, "Machine"), new NodeId(1, "Double"), [new Variant(21)])]);
                Assert.Equal(42, call[0].OutputArguments[0].Value);
                Assert.Contains("Counter", (await client.Browse(Ids.ObjectsFolder)).Select(one => one.BrowseName.Name));
            }
        }
    }

    [PeerFact(Peer)]
    public async Task Our_client_is_told_why_their_server_does_not_take_its_certificate()
    {
        await using var peer = PeerProcess.Node("opcua-server.mjs", $"{FreePort()}", Path.Combine(_folder, "pki"), "--strict");
        var url = Url(await peer.Says("^READY"));
        var options = await Options(url, SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
        var refused = await Assert.ThrowsAsync<OpcUaException>(() => OpcUaClient.Connect(options, TimeProvider.System));
        Assert.True(refused.StatusCode.IsBad);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RunClient(OpcUaServer server, SecurityPolicy policy, MessageSecurityMode mode)
    {
        await using var peer = PeerProcess.Node("opcua-client.mjs", server.EndpointUrl, policy.Name, mode.ToString(), Path.Combine(_folder, "peer"));
        return await peer.Says("^(OK|REFUSED|FAILED)");
    }

    private (OpcUaServer Server, TrustList Trust) Serve()
    {
        var trust = new TrustList(Path.Combine(_folder, Guid.NewGuid().ToString()), TimeProvider.System);
        var space = new AddressSpace(ServerUri, TimeProvider.System);
        var machine = space.AddObject(Ids.ObjectsFolder, new NodeId(1, "Machine"), new(1, "Machine"), reference: Ids.Organizes);
        machine.EventNotifier = 1;
        space.AddVariable(Ids.ObjectsFolder, new NodeId(1, "Number"), new(1, "Number"), new NodeId(6), new(7), writable: true, reference: Ids.Organizes);
        var alarm = new AlarmCondition(space, TimeProvider.System, machine.NodeId, new NodeId(1, "Alarm"), new(1, "Alarm"));
        space.AddMethod(machine.NodeId, new NodeId(1, "Double"), new(1, "Double"),
            [new("x", new NodeId(6), -1, [], default)], [new("y", new NodeId(6), -1, [], default)],
            call => CallMethodResult.Done(new Variant((int)call.Inputs[0].Value! * 2)));
        space.AddMethod(machine.NodeId, new NodeId(1, "Fail"), new(1, "Fail"), [], [], _ =>
        {
            alarm.Raise("drive fault", 900);
            return CallMethodResult.Done();
        });
        var server = new OpcUaServer(
            new ServerOptions
            {
                ApplicationUri = ServerUri, Certificate = s_server, TrustList = trust, AllowAnonymous = true,
                Endpoints = [.. SecurityPolicy.All.Select(policy => (policy, policy.IsNone ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt))],
            },
            space, TimeProvider.System);
        server.Start();
        return (server, trust);
    }

    private async Task<ClientOptions> Options(string url, SecurityPolicy policy, MessageSecurityMode mode)
    {
        var trust = new TrustList(Path.Combine(_folder, "client"), TimeProvider.System);
        trust.Trust(X509CertificateLoader.LoadCertificate((await Discovery.GetEndpoints(url, TimeProvider.System))[0].ServerCertificate!));
        return new ClientOptions(url) { Policy = policy, Mode = mode, ApplicationUri = ClientUri, OwnCertificate = s_client, TrustList = trust };
    }

    private static string Url(string ready) => $"opc.tcp://127.0.0.1:{new Uri(ready["READY ".Length..]).Port}";

    private static int FreePort()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
