using System.Text.Json.Serialization;

namespace Warehouse.Devices.PickToLight;

/// <summary>
/// To a tag, QoS 1, topic <c>ptl/v1/warehouse/tag/cmd</c>. Three uses: light (a colour), put out (colour
/// <see cref="Off"/>; nothing happens when another id is lit), and confirm an event (<see cref="Ack"/>; touches no
/// light). Each may come twice; the id makes the repeat harmless: a tag that shows it, or was pressed for it last,
/// does nothing but publish its state again.
/// </summary>
/// <param name="Id">The pick task.</param>
/// <param name="Color">Name of the colour, or <c>off</c>; null when it only confirms.</param>
/// <param name="Blink">True to blink.</param>
/// <param name="Qty">The number to show; 0 shows none.</param>
/// <param name="Text">A short text to show.</param>
/// <param name="Ttl">Seconds (the warehouse's time) after which the tag goes dark by itself and says timeout; 0 is never.</param>
/// <param name="Ack">The sequence number of the event that is confirmed.</param>
/// <param name="Boot">The boot of that event.</param>
public sealed record PickTagCommand(
    string Id, string? Color = null, bool Blink = false, int Qty = 0, string? Text = null, int Ttl = 0,
    long? Ack = null, long? Boot = null)
{
    /// <summary>The colour that puts the light out.</summary>
    public const string Off = "off";
}

/// <summary>What a picker or the tag did.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PickTagEventKind>))]
public enum PickTagEventKind
{
    /// <summary>Pressed: done as asked.</summary>
    [JsonStringEnumMemberName("confirm")]
    Confirm,
    /// <summary>Fewer than asked; the quantity says how many.</summary>
    [JsonStringEnumMemberName("short")]
    Short,
    /// <summary>The shown quantity was changed by hand; a press follows.</summary>
    [JsonStringEnumMemberName("qtyChanged")]
    QtyChanged,
    /// <summary>Went dark by itself.</summary>
    [JsonStringEnumMemberName("timeout")]
    Timeout,
    /// <summary>A hand was seen where nothing was lit.</summary>
    [JsonStringEnumMemberName("mispick")]
    Mispick,
}

/// <summary>
/// From a tag, QoS 1, topic <c>ptl/v1/warehouse/tag/evt</c>. A tag repeats an event every few seconds until it was
/// confirmed by a command with its boot and sequence number, so no press hangs on a broker's memory.
/// </summary>
/// <param name="Id">The pick task that was lit.</param>
/// <param name="Event">What was done.</param>
/// <param name="Qty">How many units.</param>
/// <param name="Seq">Number of the tag's event since its boot, from 1.</param>
/// <param name="Boot">Number of the tag's start; it rises with each.</param>
/// <param name="Ts">The tag's clock, ISO 8601 in UTC.</param>
public sealed record PickTagEvent(string Id, PickTagEventKind Event, int Qty, long Seq, long Boot, string Ts);

/// <summary>A tag's state, retained, QoS 1, topic <c>ptl/v1/warehouse/tag/state</c>; published at start and after each command.</summary>
/// <param name="Lit">The pick task that it shows; null when dark. A press turns it dark.</param>
/// <param name="Boot">Number of the tag's start.</param>
/// <param name="Seq">Number of its last event.</param>
/// <param name="Done">The pick task that was pressed last, so that a command that comes late or again lights nothing that was done.</param>
public sealed record PickTagState(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Lit, long Boot, long Seq, string? Done = null);

/// <summary>How the messages stand on the wire: camel case, optional fields left out when null; only lit is written also when it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PickTagCommand))]
[JsonSerializable(typeof(PickTagEvent))]
[JsonSerializable(typeof(PickTagState))]
public sealed partial class PickTagJson : JsonSerializerContext;
