using System.Collections.Immutable;
using System.Reflection;

namespace Warehouse.Journal;

/// <summary>
/// The journal's names: what a type is called in <c>[Alias]</c> is what it is called in the journal, for as long as
/// journals live. A class may move and be renamed; its alias may not. A changed shape gets a new alias with <c>.v2</c>
/// beside the old one, and an <see cref="Upcasters"/> entry from old to new.
/// </summary>
public sealed class NameTable
{
    // Read by its bare name, because this room does not know Orleans, whose attribute it is.
    private const string AliasAttribute = "AliasAttribute";

    private readonly SortedDictionary<string, Type> types = new(StringComparer.Ordinal);

    private NameTable()
    {
    }

    /// <summary>The aliased concrete types of these assemblies; two of one alias throw, naming both.</summary>
    public static NameTable Of(params ReadOnlySpan<Assembly> assemblies)
    {
        var table = new NameTable();
        foreach (var assembly in assemblies)
        {
            foreach (var type in assembly.GetTypes())
            {
                if (!type.IsAbstract && !type.IsValueType && AliasOf(type) is { } alias && !table.types.TryAdd(alias, type))
                {
                    throw new InvalidOperationException(
                        $"the name '{alias}' stands for both {table.types[alias].FullName} and {type.FullName}");
                }
            }
        }

        return table;
    }

    /// <summary>Name and type of everything that is a <paramref name="union"/>, by name.</summary>
    public ImmutableArray<KeyValuePair<string, Type>> Below(Type union) =>
        [.. types.Where(named => named.Value.IsAssignableTo(union))];

    private static string? AliasOf(Type type) =>
        type.GetCustomAttributesData()
            .FirstOrDefault(attribute => attribute.AttributeType.Name == AliasAttribute)?
            .ConstructorArguments[0].Value as string;
}
