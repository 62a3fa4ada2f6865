using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>What 3.0.0 spells otherwise than the model, which bears its names. Its schemas are those of 3.0.1: the tag's own are no valid JSON.</summary>
internal static class Vda3
{
    public static VdaDialect Dialect() => new(
        3, "3.0.0",
        [
            VdaTopic.Order, VdaTopic.InstantActions, VdaTopic.State, VdaTopic.Connection, VdaTopic.Visualization,
            VdaTopic.Factsheet, VdaTopic.ZoneSet, VdaTopic.Responses,
        ],
        new VdaSpelling(
            [(typeof(VdaEdge), "startNodeId", null), (typeof(VdaEdge), "endNodeId", null)],
            [(typeof(VdaNodePosition), "allowedDeviationXY", new Ellipse())],
            [
                new WordConverter<OperatingMode>([OperatingMode.Unknown], (OperatingMode.SemiAutomatic, "SEMIAUTOMATIC")),
                new WordConverter<VdaConnectionState>([]),
                .. VdaSpelling.CommonWords,
            ],
            MendState));

    /// <summary>The text has QUEUED among the states of a request (3.0.0, 6.9), the published schema has not.</summary>
    private static void MendState(JsonNode published)
    {
        foreach (var request in new[] { "zoneRequest", "edgeRequest" })
        {
            published["definitions"]![request]!["properties"]!["requestStatus"]!["enum"]!.AsArray().Add("QUEUED");
        }
    }

    /// <summary>A radius as the ellipse with equal halves.</summary>
    private sealed class Ellipse : JsonConverter<decimal?>
    {
        public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var ellipse = JsonDocument.ParseValue(ref reader);
            return ellipse.RootElement.ValueKind == JsonValueKind.Object && ellipse.RootElement.TryGetProperty("a", out var a)
                && a.ValueKind == JsonValueKind.Number && a.TryGetDecimal(out var radius) ? radius : null;
        }

        public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber("a", value!.Value);
            writer.WriteNumber("b", value.Value);
            writer.WriteNumber("theta", 0);
            writer.WriteEndObject();
        }
    }
}
