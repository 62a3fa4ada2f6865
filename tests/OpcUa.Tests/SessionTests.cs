using OpcUa.Tests.Staging;
using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace OpcUa.Tests;

public sealed class SessionTests
{
    public static IEnumerable<object[]> Secured =>
        from policy in SecurityPolicy.All
        from mode in policy.IsNone ? new[] { MessageSecurityMode.None } : [MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
        select new object[] { policy.Uri, mode };

    [Theory, MemberData(nameof(Secured))]
    public async Task A_session_reads_writes_and_calls_under_each_policy(string policy, MessageSecurityMode mode)
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect(options => options with { Policy = SecurityPolicy.Of(policy)!, Mode = mode });

        Assert.Equal(7, (await client.Read(pair.Number)).Value.Value);
        Assert.Equal([StatusCodes.Good], await client.Write([new(pair.Number, AttributeId.Value, null, new DataValue(new Variant(8)))]));
        Assert.Equal(8, (await client.Read(pair.Number)).Value.Value);
        Assert.Equal(42, (await client.Call([new(pair.Machine.NodeId, new NodeId(1, "Double"), [new Variant(21)])]))[0].OutputArguments[0].Value);
    }

    [Fact]
    public async Task A_large_message_crosses_in_chunks()
    {
        await using var pair = new Pair();
        var large = new string('x', 300_000);
        var node = pair.Space.AddVariable(Ids.ObjectsFolder, new NodeId(1, "Large"), new(1, "Large"), new NodeId(12), new(large), writable: true).NodeId;
        await using var client = await pair.Connect(options => options with { Policy = SecurityPolicy.Basic256Sha256, Mode = MessageSecurityMode.SignAndEncrypt });
        Assert.Equal(large, (await client.Read(node)).Value.Value);
        Assert.Equal([StatusCodes.Good], await client.Write([new(node, AttributeId.Value, null, new DataValue(new Variant(large + large)))]));
        Assert.Equal(600_000, ((string)(await client.Read(node)).Value.Value!).Length);
    }

    [Fact]
    public async Task A_password_is_checked_and_never_travels_in_the_clear()
    {
        await using var pair = new Pair();
        await using (var client = await pair.Connect(options => options with { Identity = new ClientIdentity.UserName("operator", "öffne dich") }))
        {
            Assert.Equal(7, (await client.Read(pair.Number)).Value.Value);
        }

        var refused = await Assert.ThrowsAsync<OpcUaException>(() =>
            pair.Connect(options => options with { Identity = new ClientIdentity.UserName("operator", "öffne nicht") }));
        Assert.Equal(StatusCodes.BadUserAccessDenied, refused.StatusCode);
    }

    [Fact]
    public async Task A_strangers_certificate_is_refused_and_kept_for_a_person_to_see()
    {
        await using var pair = new Pair();
        var stranger = ApplicationCertificate.Create("urn:stranger", "stranger", DateTimeOffset.UtcNow);
        var refused = await Assert.ThrowsAsync<OpcUaException>(() => pair.Connect(options => options with
        {
            Policy = SecurityPolicy.Basic256Sha256, Mode = MessageSecurityMode.SignAndEncrypt, OwnCertificate = stranger, ApplicationUri = "urn:stranger",
        }));
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, refused.StatusCode);
        Assert.Single(Directory.GetFiles(pair.ServerTrust.Rejected));

        pair.ServerTrust.Trust(stranger);
        await using var client = await pair.Connect(options => options with
        {
            Policy = SecurityPolicy.Basic256Sha256, Mode = MessageSecurityMode.SignAndEncrypt, OwnCertificate = stranger, ApplicationUri = "urn:stranger",
        });
        Assert.Equal(7, (await client.Read(pair.Number)).Value.Value);
    }

    [Fact]
    public async Task Namespace_0_can_be_browsed_and_paths_lead_to_nodes()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        Assert.Contains("Server", (await client.Browse(Ids.ObjectsFolder)).Select(one => one.BrowseName.Name));
        Assert.Contains("ServerStatus", (await client.Browse(Ids.Server)).Select(one => one.BrowseName.Name));
        var path = await client.Translate([new(Ids.ObjectsFolder, RelativePath.Of(new QualifiedName("Server"), new("ServerStatus"), new("State")))]);
        Assert.Equal(new NodeId(2259), Assert.Single(path[0].Targets).TargetId.NodeId);
        Assert.Equal(["http://opcfoundation.org/UA/", Pair.ServerUri], await client.NamespaceArray());
        Assert.IsType<ServerStatusDataType>(((ExtensionObject)(await client.Read(Ids.ServerStatus)).Value.Value!).Body);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, (await client.Read(new NodeId(9, "nowhere"))).StatusCode);
    }

    [Fact]
    public async Task Calls_with_wrong_arguments_are_refused_by_name()
    {
        await using var pair = new Pair();
        await using var client = await pair.Connect();
        var results = await client.Call(
        [
            new(pair.Machine.NodeId, new NodeId(1, "Double"), []),
            new(pair.Machine.NodeId, new NodeId(1, "Double"), [new Variant("two")]),
            new(pair.Machine.NodeId, new NodeId(1, "Triple"), [new Variant(2)]),
            new(new NodeId(1, "nobody"), new NodeId(1, "Double"), [new Variant(2)]),
        ]);
        Assert.Equal(
            [StatusCodes.BadArgumentsMissing, StatusCodes.BadInvalidArgument, StatusCodes.BadMethodInvalid, StatusCodes.BadNodeIdUnknown],
            results.Select(result => result.StatusCode));
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_does_not_hold_its_client()
    {
        var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var url = $"opc.tcp://localhost:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}";
        var given = await Assert.ThrowsAsync<OpcUaException>(() => OpcUaClient.Connect(
            new ClientOptions(url) { Policy = SecurityPolicy.None, RequestTimeout = TimeSpan.FromMilliseconds(100) }, TimeProvider.System)
            .WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(StatusCodes.BadTimeout, given.StatusCode);
        silent.Stop();
    }
}
