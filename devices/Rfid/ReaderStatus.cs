using System.Text;
using System.Text.Json;
using Warehouse.Devices.Mapping;

namespace Warehouse.Devices.Rfid;

/// <summary>What readers say of themselves: whether they read at all. Pure.</summary>
internal static class ReaderStatus
{
    /// <summary>
    /// Whether the reader reads, from one of its events: Impinj's <c>inventoryStatus</c> is running, armed (waits for its
    /// trigger) or idle. Null when the event says nothing of it.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool? OfEvent(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 16 });
        return document.RootElement.ValueKind == JsonValueKind.Object && Member(document.RootElement, "inventoryStatusEvent") is { } happened
            ? (Text(happened, "inventoryStatus") ?? Text(happened, "status")) switch { "running" or "armed" => true, "idle" => false, _ => null }
            : null;
    }

    /// <summary>Asks a reader of Zebra's IoT Connector how it is (management command <c>get_status</c>).</summary>
    /// <param name="id">Comes back with the answer.</param>
    public static byte[] Request(string id) =>
        Encoding.UTF8.GetBytes($$$"""{"command":"get_status","command_id":"{{{JsonEncodedText.Encode(id)}}}","payload":{}}""");

    /// <summary>
    /// The answer: of which request, and whether the reader's radio is active; null when it does not say, or refuses. The
    /// vendor's own reference spells the member <c>radioActivitiy</c>.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static (string Id, bool? Reading)? OfAnswer(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 16 });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "command") != "get_status" || Text(root, "command_id") is not { } id)
        {
            return null;
        }

        var radio = Text(root, "response") == "success" && Member(root, "payload") is { } payload
            ? Text(payload, "radioActivity") ?? Text(payload, "radioActivitiy")
            : null;
        return (id, radio switch { "active" => true, "inactive" => false, _ => null });
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? WireValues.Text(member) : null;
}
