using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Server;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace OpcUa.Tests.Staging;

/// <summary>A server with a few nodes and what a client needs to reach it, each with a folder of its own.</summary>
public sealed class Pair : IAsyncDisposable
{
    public const string ServerUri = "urn:localhost:tests:server";
    public const string ClientUri = "urn:localhost:tests:client";

    /// <summary>Keys are slow to make and secret to nobody: one for each side of all tests.</summary>
    private static readonly X509Certificate2 s_server = ApplicationCertificate.Create(ServerUri, "server", DateTimeOffset.UtcNow);
    private static readonly X509Certificate2 s_client = ApplicationCertificate.Create(ClientUri, "client", DateTimeOffset.UtcNow);

    private readonly string _folder = Directory.CreateTempSubdirectory("opcua").FullName;

    public Pair(Func<ServerOptions, ServerOptions>? change = null)
    {
        ServerTrust = new TrustList(Path.Combine(_folder, "server"), TimeProvider.System);
        ClientTrust = new TrustList(Path.Combine(_folder, "client"), TimeProvider.System);
        ServerTrust.Trust(s_client);
        ClientTrust.Trust(s_server);
        Space = new AddressSpace(ServerUri, TimeProvider.System);
        Number = Space.AddVariable(Ids.ObjectsFolder, new NodeId(1, "Number"), new(1, "Number"), new NodeId(6), new(7), writable: true, reference: Ids.Organizes).NodeId;
        Machine = Space.AddObject(Ids.ObjectsFolder, new NodeId(1, "Machine"), new(1, "Machine"), reference: Ids.Organizes);
        Machine.EventNotifier = 1;
        Space.Refer(Ids.Server, Ids.HasEventSource, Machine.NodeId);
        Alarm = new AlarmCondition(Space, TimeProvider.System, Machine.NodeId, new NodeId(1, "Alarm"), new(1, "Alarm"));
        Space.AddMethod(Machine.NodeId, new NodeId(1, "Double"), new(1, "Double"),
            [new("x", new NodeId(6), -1, [], default)], [new("y", new NodeId(6), -1, [], default)],
            call => CallMethodResult.Done(new Variant((int)call.Inputs[0].Value! * 2)));
        Server = new OpcUaServer(
            (change ?? (options => options))(new ServerOptions
            {
                ApplicationUri = ServerUri, Certificate = s_server, TrustList = ServerTrust, AllowAnonymous = true,
                CheckPassword = (name, password) => name == "operator" && password == "öffne dich",
                Endpoints = [.. SecurityPolicy.All.SelectMany(policy => policy.IsNone
                    ? new[] { (policy, MessageSecurityMode.None) }
                    : [(policy, MessageSecurityMode.Sign), (policy, MessageSecurityMode.SignAndEncrypt)])],
            }),
            Space, TimeProvider.System);
        Server.Start();
    }

    public TrustList ServerTrust { get; }

    public TrustList ClientTrust { get; }

    public AddressSpace Space { get; }

    public OpcUaServer Server { get; }

    public NodeId Number { get; }

    public Node Machine { get; }

    public AlarmCondition Alarm { get; }

    public ClientOptions Options => new(Server.EndpointUrl)
    {
        Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None, ApplicationUri = ClientUri, OwnCertificate = s_client, TrustList = ClientTrust,
    };

    public Task<OpcUaClient> Connect(Func<ClientOptions, ClientOptions>? change = null) =>
        OpcUaClient.Connect((change ?? (options => options))(Options), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
