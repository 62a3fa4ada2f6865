using System.Globalization;
using System.Text.Json;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Mapping;

/// <summary>Texts and numbers as machines write them, made into whole numbers and moments. Everything is null when it is not what it should be.</summary>
public static class WireValues
{
    /// <summary>Largest whole number that a measured value may become.</summary>
    public const long MaxValue = 1_000_000_000_000_000;

    /// <summary>A text; numbers as they are written.</summary>
    public static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
        _ => null,
    };

    /// <summary>A number times <paramref name="scale"/>, rounded half away from zero: -39.5 by 100 is -3950. True is 1, false 0.</summary>
    public static long? Scaled(string? text, int scale) => text switch
    {
        "true" => scale,
        "false" => 0,
        _ => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Scaled(number, scale) : null,
    };

    /// <summary>As above.</summary>
    public static long? Scaled(decimal number, int scale) => Math.Abs(number) <= MaxValue
        && decimal.Round(number * scale, MidpointRounding.AwayFromZero) is var scaled && Math.Abs(scaled) <= MaxValue
            ? (long)scaled
            : null;

    /// <summary>
    /// A time: a number since 1970 in the unit <c>ms</c>, <c>us</c> or <c>ns</c>, or <c>iso</c>, of which an offset without a colon
    /// (<c>-0600</c>, as Zebra's readers write it) is taken too.
    /// </summary>
    public static Moment? Time(string? text, string format)
    {
        if (text is null || text.Length > 40)
        {
            return null;
        }

        if (format != "iso")
        {
            var divisor = format switch { "us" => 1_000L, "ns" => 1_000_000L, _ => 1L };
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since / divisor <= Latest
                ? new Moment(since / divisor)
                : null;
        }

        var colon = text.Length > 5 && text[^5] is '+' or '-' && !text.AsSpan(text.Length - 4).ContainsAnyExceptInRange('0', '9')
            ? $"{text.AsSpan(0, text.Length - 2)}:{text.AsSpan(text.Length - 2)}"
            : text;
        return DateTimeOffset.TryParse(colon, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.ToUnixTimeMilliseconds() >= 0 ? Moment.Of(time) : null;
    }

    private static long Latest { get; } = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
