using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Warehouse.Devices.Schemas;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// How one major version of VDA 5050 stands on the wire: the model's names, words and shapes where they differ, and the
/// published schemas. Everything else is the same for all versions. The differences are listed in <see cref="Vda2"/>
/// and <see cref="Vda3"/>; nothing outside them asks for the version of a field.
/// </summary>
public sealed class VdaDialect
{
    private readonly JsonSerializerOptions _options;
    private readonly FrozenDictionary<VdaTopic, JsonSchema> _schemas;

    internal VdaDialect(int major, string schemas, ImmutableArray<VdaTopic> topics, VdaSpelling spelling)
    {
        Major = major;
        SchemaVersion = schemas;
        _options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            TypeInfoResolver = VdaJson.Default.WithAddedModifier(spelling.Apply),
        };
        foreach (var converter in spelling.Words)
        {
            _options.Converters.Add(converter);
        }

        _options.MakeReadOnly();
        _schemas = topics.ToFrozenDictionary(
            topic => topic, topic => Mended(PublishedSchemas.Read(schemas, VdaTopics.NameOf(topic)), topic, spelling));
    }

    /// <summary>Version 2.0.0.</summary>
    public static VdaDialect TwoNought { get; } = Vda2.Dialect(first: true);

    /// <summary>Version 2.1.0.</summary>
    public static VdaDialect Two { get; } = Vda2.Dialect(first: false);

    /// <summary>Version 3.0.0.</summary>
    public static VdaDialect Three { get; } = Vda3.Dialect();

    /// <summary>The dialect of a version's text, <c>2.1.0</c>.</summary>
    public static VdaDialect Of(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.StartsWith("3.", StringComparison.Ordinal) ? Three
            : version.StartsWith("2.0", StringComparison.Ordinal) ? TwoNought
            : Two;
    }

    /// <summary>2 or 3.</summary>
    public int Major { get; }

    /// <summary>The version whose published schemas it keeps.</summary>
    public string SchemaVersion { get; }

    /// <summary>A message as bytes.</summary>
    public byte[] Write<T>(T message)
        where T : class => JsonSerializer.SerializeToUtf8Bytes(message, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)));

    /// <summary>A message from its JSON; throws <see cref="JsonException"/> when it is not one.</summary>
    public T Read<T>(JsonElement body)
        where T : class => body.Deserialize((JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T))) ?? throw new JsonException("null");

    /// <summary>A message from its bytes; throws <see cref="JsonException"/> when it is not one.</summary>
    public T Read<T>(ReadOnlySpan<byte> payload)
        where T : class => JsonSerializer.Deserialize(payload, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T))) ?? throw new JsonException("null");

    /// <summary>Where a message breaks the published schema of its topic; empty when it keeps it. At most <see cref="JsonSchema.MostBreaches"/>.</summary>
    public ImmutableArray<string> Breaches(VdaTopic topic, JsonElement body) =>
        _schemas.TryGetValue(topic, out var schema) ? schema.Breaches(body) : [$"version {SchemaVersion} has no topic {topic}"];

    private static JsonSchema Mended(JsonElement published, VdaTopic topic, VdaSpelling spelling)
    {
        if (topic != VdaTopic.State)
        {
            return JsonSchema.Of(published);
        }

        var mended = JsonNode.Parse(published.GetRawText())!;
        spelling.MendState(mended);
        using var document = JsonDocument.Parse(mended.ToJsonString());
        return JsonSchema.Of(document.RootElement);
    }
}

/// <summary>What a version spells otherwise than the model.</summary>
/// <param name="Names">By type: the model's name in camel case, and the version's; null where the version does not have the field.</param>
/// <param name="Shapes">By type and the model's name: how a field stands that has another shape.</param>
/// <param name="Words">Enums.</param>
/// <param name="MendState">Puts right what is known to be wrong in the published schema of states.</param>
internal sealed record VdaSpelling(
    ImmutableArray<(Type Type, string Name, string? Spelled)> Names,
    ImmutableArray<(Type Type, string Name, JsonConverter Shape)> Shapes,
    ImmutableArray<JsonConverter> Words,
    Action<JsonNode> MendState)
{
    /// <summary>Spells a type's fields.</summary>
    public void Apply(JsonTypeInfo info)
    {
        foreach (var property in info.Properties)
        {
            var name = property.Name;
            foreach (var (_, _, spelled) in Names.Where(one => one.Type == info.Type && one.Name == name))
            {
                property.Name = spelled ?? name;
                property.ShouldSerialize = spelled is null ? static (_, _) => false : property.ShouldSerialize;
            }

            foreach (var (_, _, shape) in Shapes.Where(one => one.Type == info.Type && one.Name == name))
            {
                property.CustomConverter = shape;
            }
        }
    }

    /// <summary>The words that are the same in all versions.</summary>
    public static ImmutableArray<JsonConverter> CommonWords { get; } =
    [
        new WordConverter<VdaBlocking>([]), new WordConverter<VdaActionStatus>([]), new WordConverter<VdaEStop>([], (VdaEStop.AutoAck, "AUTOACK")),
        new WordConverter<ErrorLevel>([ErrorLevel.None]), new WordConverter<RequestType>([]), new WordConverter<GrantType>([]),
        new WordConverter<VdaRequestStatus>([]), new WordConverter<VdaZoneSetStatus>([]), new WordConverter<ZoneType>([]),
        new WordConverter<ReleaseLossBehavior>([]), new WordConverter<VdaLimitation>([]),
    ];
}
