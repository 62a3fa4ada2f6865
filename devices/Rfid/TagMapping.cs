using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Warehouse.Devices.Mapping;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Rfid;

namespace Warehouse.Devices.Rfid;

/// <summary>From a reader's message to reads. Pure.</summary>
public static class TagMapping
{
    /// <summary>Most reads of one message; the rest of a longer one is not looked at, and counted as not understood.</summary>
    public const int MaxReads = 4_096;

    /// <summary>
    /// The reads of a message, in its order. An event that is no tag's (a status, an antenna) has none.
    /// </summary>
    /// <param name="map">Where they stand.</param>
    /// <param name="message">The message.</param>
    /// <param name="came">When it came: the time of reads that have none.</param>
    /// <exception cref="FormatException">A tag's EPC is none, or there are too many.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static ImmutableArray<TagRead> Read(TagFieldMap map, ReadOnlyMemory<byte> message, Moment came)
    {
        using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 16 });
        var reads = ImmutableArray.CreateBuilder<TagRead>();
        foreach (var happened in Each(document.RootElement))
        {
            var items = map.Items is null ? happened : map.Items.In(happened) ?? default;
            foreach (var item in map.Items is null ? [happened] : items.ValueKind == JsonValueKind.Array ? Each(items) : [])
            {
                if (ReadOf(map, happened, item, came) is { } read)
                {
                    reads.Add(reads.Count < MaxReads ? read : throw new FormatException($"at most {MaxReads} reads in a message"));
                }
            }
        }

        return reads.ToImmutable();
    }

    private static JsonElement[] Each(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];

    private static TagRead? ReadOf(TagFieldMap map, JsonElement happened, JsonElement item, Moment came)
    {
        if (HexOf(map, item) is not { } hex)
        {
            return null;
        }

        var pc = Text(map.Pc, item) is { Length: 4 } word
            && ushort.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : (ushort?)null;
        var antenna = WireValues.Scaled(Text(map.Antenna, item), 1) is >= 0 and <= 1_000 and var port ? (int)port : 0;
        var rssi = WireValues.Scaled(Text(map.Rssi, item), map.RssiScale) is >= -20_000 and <= 20_000 and var strength ? (int)strength : (int?)null;
        var at = WireValues.Time(Text(map.Time, item) ?? Text(map.Time, happened), map.TimeFormat) ?? came;
        return new TagRead(hex, pc, antenna, rssi, at);
    }

    private static string? HexOf(TagFieldMap map, JsonElement item)
    {
        try
        {
            var bytes = Text(map.EpcHex, item) is { } hex ? Convert.FromHexString(hex)
                : Text(map.EpcBase64, item) is { } base64 ? Convert.FromBase64String(base64.Replace('-', '+').Replace('_', '/'))
                : null;
            return bytes is null ? null
                : bytes.Length is >= 1 and <= EpcDecoder.MaxBytes ? Convert.ToHexString(bytes)
                : throw new FormatException($"an EPC has 1 to {EpcDecoder.MaxBytes} bytes, not {bytes.Length}");
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"no EPC: {wrong.Message}");
        }
    }

    private static string? Text(JsonPlace? place, JsonElement item) =>
        place is null || item.ValueKind != JsonValueKind.Object ? null : WireValues.Text(place.In(item));
}
