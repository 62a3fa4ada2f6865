using System.Reflection;
using Warehouse.Domain.Deciding;

namespace House.Tests;

/// <summary>What crosses a call or stands in a journal keeps its name and its places for ever.</summary>
public sealed class WireTests
{
    private static readonly Type[] DomainTypes = House.Load("Warehouse.Domain").GetTypes()
        .Where(t => t.Namespace?.StartsWith("Warehouse.Domain", StringComparison.Ordinal) == true).ToArray();

    [Fact]
    public void Every_command_event_and_answer_detail_has_a_name_of_its_own()
    {
        var named = DomainTypes.Where(t => !t.IsAbstract
            && (t.IsSubclassOf(typeof(Command)) || t.IsSubclassOf(typeof(Event)) || t.IsSubclassOf(typeof(AnswerDetail)))).ToArray();
        Assert.NotEmpty(named);
        Assert.Empty(named.Where(t => t.GetCustomAttribute<AliasAttribute>(inherit: false) is null).Select(t => t.FullName));
        var twice = DomainTypes.Select(t => t.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias).OfType<string>()
            .GroupBy(a => a, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.Empty(twice);
    }

    [Fact]
    public void Records_that_cross_a_call_are_immutable_and_number_their_members_without_gaps()
    {
        var crossing = DomainTypes.Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null).ToArray();
        Assert.Empty(crossing.Where(t => t.GetCustomAttribute<ImmutableAttribute>() is null).Select(t => t.FullName));
        Assert.Empty(crossing.Where(t => !Contiguous(t)).Select(t => t.FullName));
    }

    [Fact]
    public void No_room_of_the_simulation_keeps_mutable_statics()
    {
        string[] rooms = ["Warehouse.Domain", "Warehouse.Journal", "Warehouse.Grains", "Warehouse.Devices", "Warehouse.Simulation"];
        var guilty = rooms.SelectMany(r => House.Load(r).GetTypes())
            .Where(t => t.Namespace?.StartsWith("Warehouse", StringComparison.Ordinal) == true && !t.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !f.Name.StartsWith('<'))
            .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}");
        Assert.Empty(guilty);
    }

    private static bool Contiguous(Type type)
    {
        var ids = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(p => p.GetCustomAttribute<IdAttribute>()).OfType<IdAttribute>().Select(a => a.Id).Order().ToArray();
        return ids.SequenceEqual(Enumerable.Range(0, ids.Length).Select(i => (uint)i));
    }
}
