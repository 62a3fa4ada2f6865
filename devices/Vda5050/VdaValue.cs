using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>The value of an action's parameter: a text, or a number that stands as a number on the wire.</summary>
/// <param name="Text">The value as text; of anything else than text and number, its JSON.</param>
/// <param name="IsNumber">True when it is a number.</param>
[JsonConverter(typeof(VdaValueJson))]
public readonly record struct VdaValue(string Text, bool IsNumber = false)
{
    /// <summary>A text.</summary>
    public static implicit operator VdaValue(string text) => new(text);

    /// <summary>A text.</summary>
    public static VdaValue FromString(string text) => new(text);

    /// <summary>A number where the text is one, a text where it is not.</summary>
    public static VdaValue NumberOf(string text) =>
        new(text, decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Reads any JSON as a value; writes texts and numbers.</summary>
public sealed class VdaValueJson : JsonConverter<VdaValue>
{
    /// <inheritdoc/>
    public override VdaValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new(reader.GetString()!);
        }

        var isNumber = reader.TokenType == JsonTokenType.Number;
        using var value = JsonDocument.ParseValue(ref reader);
        return new(value.RootElement.GetRawText(), isNumber);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, VdaValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.IsNumber)
        {
            writer.WriteRawValue(value.Text);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
