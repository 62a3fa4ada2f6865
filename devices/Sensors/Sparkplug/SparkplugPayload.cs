using System.Collections.Immutable;
using System.Text;

namespace Warehouse.Devices.Sensors.Sparkplug;

/// <summary>A metric of a Sparkplug B payload, as far as it concerns us.</summary>
/// <param name="Name">Its name; null in data messages that give the alias only.</param>
/// <param name="Alias">Its alias, if it has one.</param>
/// <param name="Timestamp">Milliseconds since 1970, if it says so.</param>
/// <param name="Datatype">The specification's number of its type; 0 when it is left to the birth.</param>
/// <param name="IsHistorical">True for a value of the past that must not count as the present one.</param>
/// <param name="IsNull">True when it has no value now.</param>
/// <param name="Value">The bits of its value: whole numbers as they stand (signed ones as two's complement), floats and doubles as their bits.</param>
/// <param name="Field">Which value field it was: 10 int, 11 long, 12 float, 13 double, 14 boolean; 0 is none of these.</param>
public sealed record SparkplugMetric(
    string? Name, ulong? Alias, ulong? Timestamp, uint Datatype, bool IsHistorical, bool IsNull, ulong Value, int Field);

/// <summary>
/// A Sparkplug B payload (Sparkplug 3.0, section 6.4; <c>sparkplug_b.proto</c>). Read and written by hand: eight fields of
/// it concern us, and a hand-written reader can bound what it takes before it takes it.
/// </summary>
/// <param name="Timestamp">Milliseconds since 1970, if it says so.</param>
/// <param name="Seq">Its number, 0 to 255; null in NDEATH and commands.</param>
/// <param name="Metrics">Its metrics.</param>
public sealed record SparkplugPayload(ulong? Timestamp, ulong? Seq, ImmutableArray<SparkplugMetric> Metrics)
{
    /// <summary>Most metrics of a message.</summary>
    public const int MaxMetrics = 4_096;

    /// <summary>Longest name of a metric, in bytes.</summary>
    public const int MaxName = 512;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The payload of a message.</summary>
    /// <exception cref="FormatException">It is none, or larger than the bounds.</exception>
    public static SparkplugPayload Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        ulong? timestamp = null, seq = null;
        var metrics = ImmutableArray.CreateBuilder<SparkplugMetric>();
        while (reader.Next() is not 0 and var field)
        {
            switch (field)
            {
                case 1 when !reader.IsBytes:
                    timestamp = reader.Number;
                    break;
                case 2 when reader.IsBytes:
                    metrics.Add(metrics.Count < MaxMetrics ? MetricOf(reader.Bytes) : throw new FormatException($"at most {MaxMetrics} metrics"));
                    break;
                case 3 when !reader.IsBytes:
                    seq = reader.Number;
                    break;
                default:
                    break;
            }
        }

        return new SparkplugPayload(timestamp, seq, metrics.ToImmutable());
    }

    /// <summary>The bytes of this payload; names of at most <see cref="MaxName"/> bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>();
        PutNumber(bytes, 1, Timestamp);
        foreach (var metric in Metrics)
        {
            var inner = new List<byte>();
            PutBytes(inner, 1, metric.Name);
            PutNumber(inner, 2, metric.Alias);
            PutNumber(inner, 3, metric.Timestamp);
            PutNumber(inner, 4, metric.Datatype == 0 ? null : metric.Datatype);
            PutNumber(inner, 5, metric.IsHistorical ? 1UL : null);
            PutNumber(inner, 7, metric.IsNull ? 1UL : null);
            PutValue(inner, metric);
            Key(bytes, 2, 2);
            Varint(bytes, (ulong)inner.Count);
            bytes.AddRange(inner);
        }

        PutNumber(bytes, 3, Seq);
        return [.. bytes];
    }

    private static SparkplugMetric MetricOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        var metric = new SparkplugMetric(null, null, null, 0, false, false, 0, 0);
        while (reader.Next() is not 0 and var field)
        {
            metric = (field, reader.IsBytes) switch
            {
                (1, true) => metric with { Name = NameOf(reader.Bytes) },
                (2, false) => metric with { Alias = reader.Number },
                (3, false) => metric with { Timestamp = reader.Number },
                (4, false) => metric with { Datatype = (uint)Math.Min(reader.Number, 255) },
                (5, false) => metric with { IsHistorical = reader.Number != 0 },
                (7, false) => metric with { IsNull = reader.Number != 0 },
                ( >= 10 and <= 14, false) => metric with { Value = reader.Number, Field = field },
                _ => metric,
            };
        }

        return metric;
    }

    private static string NameOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes.Length <= MaxName ? Strict.GetString(bytes) : throw new FormatException($"a metric's name has at most {MaxName} bytes");
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("a metric's name is not UTF-8");
        }
    }

    private static void PutValue(List<byte> bytes, SparkplugMetric metric)
    {
        switch (metric.Field)
        {
            case 10 or 11 or 14:
                PutNumber(bytes, metric.Field, metric.Value);
                break;
            case 12:
                Key(bytes, 12, 5);
                bytes.AddRange(BitConverter.GetBytes((uint)metric.Value));
                break;
            case 13:
                Key(bytes, 13, 1);
                bytes.AddRange(BitConverter.GetBytes(metric.Value));
                break;
            default:
                break;
        }
    }

    private static void PutBytes(List<byte> bytes, int field, string? text)
    {
        if (text is not null)
        {
            var utf8 = Strict.GetBytes(text);
            Key(bytes, field, 2);
            Varint(bytes, (ulong)utf8.Length);
            bytes.AddRange(utf8);
        }
    }

    private static void PutNumber(List<byte> bytes, int field, ulong? number)
    {
        if (number is { } value)
        {
            Key(bytes, field, 0);
            Varint(bytes, value);
        }
    }

    private static void Key(List<byte> bytes, int field, int type) => Varint(bytes, ((ulong)field << 3) | (uint)type);

    private static void Varint(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
        }

        bytes.Add((byte)value);
    }
}
