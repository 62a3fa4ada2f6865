using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Domain.Deciding;

/// <summary>A point in time in whole milliseconds since 1970-01-01T00:00:00Z. The default value is that epoch.</summary>
/// <param name="UnixMilliseconds">Milliseconds since the Unix epoch.</param>
[GenerateSerializer, Immutable, Alias("moment"), JsonConverter(typeof(MomentJson))]
public readonly record struct Moment([property: Id(0)] long UnixMilliseconds) : IComparable<Moment>
{
    /// <summary>The moment of a calendar time; fractions of a millisecond are cut.</summary>
    public static Moment Of(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    /// <summary>The same moment as a calendar time in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <summary>The moment that lies <paramref name="milliseconds"/> later (earlier when negative).</summary>
    public Moment Plus(long milliseconds) => new(UnixMilliseconds + milliseconds);

    /// <summary>Milliseconds from <paramref name="earlier"/> to this moment.</summary>
    public long Since(Moment earlier) => UnixMilliseconds - earlier.UnixMilliseconds;

    /// <inheritdoc/>
    public int CompareTo(Moment other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>True when <paramref name="left"/> is earlier.</summary>
    public static bool operator <(Moment left, Moment right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>True when <paramref name="left"/> is later.</summary>
    public static bool operator >(Moment left, Moment right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>True when <paramref name="left"/> is not later.</summary>
    public static bool operator <=(Moment left, Moment right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>True when <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(Moment left, Moment right) => left.UnixMilliseconds >= right.UnixMilliseconds;

    /// <summary>ISO 8601 in UTC with milliseconds.</summary>
    public override string ToString() =>
        ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Writes a <see cref="Moment"/> as its number of milliseconds: short in a journal, exact in every reader.</summary>
public sealed class MomentJson : JsonConverter<Moment>
{
    /// <inheritdoc/>
    public override Moment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Moment value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.UnixMilliseconds);
}
