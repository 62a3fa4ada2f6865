using System.Text.Json;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Layout.Lif;

/// <summary>Writes a floor as a LIF 1.0.0 file, so that other systems and editors can read it.</summary>
public static class LifWriter
{
    /// <summary>The file, UTF-8. Station ids keep their last parts only: LIF gives them to one floor.</summary>
    /// <param name="layout">The floor.</param>
    /// <param name="vehicleType">The type of vehicle that may use it, <c>manufacturer.series</c>.</param>
    /// <param name="at">When it is written.</param>
    public static byte[] Write(FloorLayout layout, string vehicleType, Moment at)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartObject("metaInformation");
            json.WriteString("projectIdentification", layout.Floor);
            json.WriteString("creator", "WarehouseOrleans");
            json.WriteString("exportTimestamp", at.ToString());
            json.WriteString("lifVersion", "1.0.0");
            json.WriteEndObject();
            json.WriteStartArray("layouts");
            json.WriteStartObject();
            json.WriteString("layoutId", layout.Floor);
            json.WriteString("layoutVersion", "1");
            Array(json, "nodes", layout.Nodes, node => Node(json, node, layout.Floor, vehicleType));
            Array(json, "edges", layout.Edges, edge => Edge(json, edge, vehicleType));
            Array(json, "stations", layout.Stations, station => Station(json, station));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Node(Utf8JsonWriter json, FloorNode node, string map, string vehicleType)
    {
        json.WriteString("nodeId", node.Point.Node.Text);
        json.WriteString("mapId", map);
        json.WriteStartObject("nodePosition");
        json.WriteNumber("x", node.Point.XMillimetres / 1000m);
        json.WriteNumber("y", node.Point.YMillimetres / 1000m);
        json.WriteEndObject();
        Entry(json, "vehicleTypeNodeProperties", vehicleType, () =>
        {
            if (node.Uses.HasFlag(NodeUses.Charging))
            {
                json.WriteStartArray("actions");
                json.WriteStartObject();
                json.WriteString("actionType", "startCharging");
                json.WriteString("requirementType", "OPTIONAL");
                json.WriteString("blockingType", "HARD");
                json.WriteEndObject();
                json.WriteEndArray();
            }
        });
    }

    private static void Edge(Utf8JsonWriter json, FloorEdge edge, string vehicleType)
    {
        json.WriteString("edgeId", edge.Edge.Text);
        json.WriteString("startNodeId", edge.From.Text);
        json.WriteString("endNodeId", edge.To.Text);
        Entry(json, "vehicleTypeEdgeProperties", vehicleType, () =>
        {
            json.WriteBoolean("rotationAllowed", false);
            if (edge.MaxMillimetresPerSecond is { } speed)
            {
                json.WriteNumber("maxSpeed", speed / 1000m);
            }

            if (!edge.Unloaded || !edge.Loaded)
            {
                json.WriteStartObject("loadRestriction");
                json.WriteBoolean("unloaded", edge.Unloaded);
                json.WriteBoolean("loaded", edge.Loaded);
                json.WriteEndObject();
            }
        });
    }

    private static void Station(Utf8JsonWriter json, FloorStation station)
    {
        var text = station.Place.Text;
        json.WriteString("stationId", text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '-'));
        json.WriteStartArray("interactionNodeIds");
        foreach (var node in station.Nodes)
        {
            json.WriteStringValue(node.Text);
        }

        json.WriteEndArray();
        json.WriteString("stationName", text);
    }

    private static void Entry(Utf8JsonWriter json, string name, string vehicleType, Action more)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("vehicleTypeId", vehicleType);
        more();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
