using Warehouse.OpcUa.Client;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.Dashboard.Tests;

/// <summary>The demonstration's cranes, as a stranger with an OPC UA client sees them.</summary>
[Collection(OneHouse.Name)]
public sealed class CranesOnTheWireTests(HouseFixture house)
{
    [Fact]
    public async Task Anybody_on_this_machine_may_look_at_the_cranes_and_nobody_unknown_commands_them()
    {
        await using var client = await OpcUaClient.Connect(
            new ClientOptions(house.CranesUrl) { Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None }, TimeProvider.System);
        var cranes = await client.Browse(new NodeId(1, "Machines"));
        Assert.Equal(12, cranes.Count);
        Assert.Contains("MAIN-A01", cranes.Select(crane => crane.BrowseName.Name));

        var receiver = new NodeId(1, "MAIN-A01/JobOrderControl");
        var parts = await client.Browse(receiver);
        var list = parts.Single(part => part.BrowseName.Name == "JobOrderList").NodeId.NodeId;
        Assert.Equal(StatusCodes.Good, (await client.Read(list)).StatusCode);

        var clear = parts.Single(part => part.BrowseName.Name == "Clear").NodeId.NodeId;
        var refused = Assert.Single(await client.Call([new(receiver, clear, [new Variant("MAIN/A01/000001"), new Variant(Array.Empty<LocalizedText>())])]));
        Assert.Equal(StatusCodes.BadUserAccessDenied, refused.StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_not_let_in_by_an_encrypted_endpoint()
    {
        using var own = ApplicationCertificate.Create("urn:stranger", "stranger", DateTimeOffset.UtcNow);
        var folder = Directory.CreateTempSubdirectory("stranger-").FullName;
        try
        {
            var trust = new TrustList(folder, TimeProvider.System);
            trust.Trust(System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
                (await Discovery.GetEndpoints(house.CranesUrl, TimeProvider.System))[0].ServerCertificate!));
            var refused = await Assert.ThrowsAsync<OpcUaException>(() => OpcUaClient.Connect(
                new ClientOptions(house.CranesUrl) { ApplicationUri = "urn:stranger", OwnCertificate = own, TrustList = trust }, TimeProvider.System));
            Assert.Equal(StatusCodes.BadSecurityChecksFailed, refused.StatusCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
