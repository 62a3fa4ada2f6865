using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// How the house writes JSON: camel case, enums by name, nothing for null, and every closed union with its member's
/// name (the alias) under <c>is</c>. An unknown name throws.
/// </summary>
internal static class JournalJson
{
    /// <summary>The property that says which member of a union a value is.</summary>
    public const string Discriminator = "is";

    /// <summary>For what is stored and read again.</summary>
    public static JsonSerializerOptions Stored(NameTable names) => Build(info => NameUnions(info, names));

    /// <summary>For the hash of a command: as stored, but without times and looked-up facts.</summary>
    public static JsonSerializerOptions Asked(NameTable names) => Build(info =>
    {
        NameUnions(info, names);
        LeaveOutFacts(info);
    });

    private static JsonSerializerOptions Build(Action<JsonTypeInfo> modifier)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            IgnoreReadOnlyProperties = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { modifier } },
            Converters = { new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void NameUnions(JsonTypeInfo info, NameTable names)
    {
        if (info.Kind != JsonTypeInfoKind.Object || !info.Type.IsAbstract)
        {
            return;
        }

        var members = names.Below(info.Type);
        if (members.Length == 0)
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = Discriminator,
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var (name, type) in members)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, name));
        }
    }

    private static void LeaveOutFacts(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            var isTime = property.PropertyType == typeof(Moment) || property.PropertyType == typeof(Moment?);
            if (isTime || property.AttributeProvider?.IsDefined(typeof(LookedUpAttribute), inherit: false) == true)
            {
                property.ShouldSerialize = static (_, _) => false;
            }
        }
    }
}
