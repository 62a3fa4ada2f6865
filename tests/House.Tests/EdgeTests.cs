using System.Xml.Linq;
using NetArchTest.Rules;

namespace House.Tests;

/// <summary>Who may know whom, read from the project files and from the compiled types.</summary>
public sealed class EdgeTests
{
    public static TheoryData<string> Rooms => [.. House.Rooms.Select(r => r.Name)];

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_references_only_the_rooms_it_may_know(string room)
    {
        var (_, path, mayKnow) = House.Rooms.Single(r => r.Name == room);
        var known = XDocument.Parse(House.Read(path)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
        Assert.Empty(mayKnow is ["*"] ? [] : known.Except(mayKnow));
    }

    [Fact]
    public void Every_project_outside_the_tests_is_a_room()
    {
        var projects = House.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal)
            && !f.StartsWith("devices/Template/", StringComparison.Ordinal));
        Assert.Equal(House.Rooms.Select(r => r.Path).Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_but_bench_and_tests_references_the_silo()
    {
        var guilty = House.Rooms.Where(r => r.Name is not ("Warehouse.Bench" or "Warehouse.Silo"))
            .Where(r => House.Read(r.Path).Contains("Warehouse.Silo.csproj", StringComparison.Ordinal)).Select(r => r.Name);
        Assert.Empty(guilty);
    }

    [Fact]
    public void The_domain_takes_four_attributes_from_Orleans_and_nothing_else() =>
        AssertUnknown("Warehouse.Domain", "Orleans.Runtime", "Orleans.Serialization", "Orleans.Concurrency", "Orleans.Hosting",
            "Orleans.IGrain", "Orleans.Grain", "Orleans.Core", "Microsoft.Extensions", "MQTTnet", "Microsoft.Data", "Microsoft.AspNetCore");

    [Fact]
    public void The_journal_knows_no_Orleans_and_no_database() =>
        AssertUnknown("Warehouse.Journal", "Orleans", "MQTTnet", "Microsoft.Data", "Microsoft.AspNetCore");

    [Fact]
    public void Devices_and_simulation_know_no_Orleans_runtime_and_no_database()
    {
        AssertUnknown("Warehouse.Devices", "Orleans", "Microsoft.Data", "Microsoft.AspNetCore");
        AssertUnknown("Warehouse.Simulation", "Orleans", "MQTTnet", "Warehouse.OpcUa", "Microsoft.Data", "Microsoft.AspNetCore");
    }

    [Fact]
    public void Protocol_libraries_are_seen_only_in_the_links()
    {
        var outside = Types.InAssembly(House.Load("Warehouse.Devices"))
            .That().DoNotResideInNamespaceStartingWith("Warehouse.Devices.Links")
            .ShouldNot().HaveDependencyOnAny("MQTTnet", "Warehouse.OpcUa").GetResult();
        Assert.True(outside.IsSuccessful, string.Join(", ", outside.FailingTypeNames ?? []));
        AssertUnknown("Warehouse.Dashboard", "MQTTnet", "Microsoft.Data", "Orleans.Runtime");
        AssertUnknown("Warehouse.Grains", "MQTTnet", "Microsoft.Data", "Microsoft.AspNetCore");
    }

    private static void AssertUnknown(string room, params string[] libraries)
    {
        var result = Types.InAssembly(House.Load(room))
            .That().DoNotResideInNamespaceStartingWith("OrleansCodeGen")
            .ShouldNot().HaveDependencyOnAny(libraries).GetResult();
        Assert.True(result.IsSuccessful, $"{room} must not know {string.Join(", ", libraries)}: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
