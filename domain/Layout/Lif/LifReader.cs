using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;

namespace Warehouse.Domain.Layout.Lif;

/// <summary>Reads one layout of a file for one type of vehicle, noting everything that cannot be read.</summary>
internal sealed class LifReader(string? vehicleType, ImmutableArray<LifValue> layouts)
{
    private const int MostTypes = 1_000;
    private const int MostActions = 1_000;
    private const int TypeLength = 1_000;

    /// <summary>An edge may end on another floor: that is a lift or a door.</summary>
    private readonly Lazy<ImmutableSortedSet<string>> elsewhere = new(() =>
        layouts.SelectMany(layout => layout.Property("nodes").ItemsIfAny(LifFile.MostNodes))
            .Select(node => node.Property("nodeId").Text(GrainKey.MaxBytes)).OfType<string>().ToImmutableSortedSet(StringComparer.Ordinal));

    /// <summary>The floor; not to be used when anything was noted.</summary>
    public FloorLayout Floor(LifValue layout, LayoutNeeds needs)
    {
        var id = Id(layout.Property("layoutId"));
        var parking = needs.Parking.ToImmutableSortedSet();
        var nodes = layout.Property("nodes").Items(LifFile.MostNodes).Select(node => Node(node, parking)).ToArray();
        var places = new SortedDictionary<NodeId, RoutePoint>();
        foreach (var node in nodes.OfType<FloorNode>())
        {
            places.TryAdd(node.Point.Node, node.Point);
        }

        var edges = layout.Property("edges").Items(LifFile.MostEdges).Select(edge => Edge(edge, places)).OfType<FloorEdge>().ToArray();
        var stations = layout.Property("stations").ItemsIfAny(LifFile.MostStations).Select(one => Station(one, places)).OfType<FloorStation>();
        return new(id ?? "", [.. nodes.OfType<FloorNode>()], [.. edges], [.. stations], needs.Zones);
    }

    private FloorNode? Node(LifValue node, ImmutableSortedSet<NodeId> parking)
    {
        var id = Id(node.Property("nodeId"));
        var position = node.Property("nodePosition");
        var (x, y) = (position.Property("x").Millimetres(), position.Property("y").Millimetres());
        if (id is null || x is null || y is null || Properties(node.Property("vehicleTypeNodeProperties")) is not { } properties)
        {
            return null;
        }

        var charges = properties.Property("actions").ItemsIfAny(MostActions).Any(action => action.Property("actionType").Is("startCharging"));
        var uses = (charges ? NodeUses.Charging : NodeUses.None)
            | (parking.Contains(new(id)) ? NodeUses.Parking : NodeUses.None);
        return new(new(new(id), x.Value, y.Value), uses);
    }

    private FloorEdge? Edge(LifValue edge, SortedDictionary<NodeId, RoutePoint> places)
    {
        var (id, from, to) = (Id(edge.Property("edgeId")), Id(edge.Property("startNodeId")), Id(edge.Property("endNodeId")));
        if (id is null || from is null || to is null
            || Properties(edge.Property("vehicleTypeEdgeProperties")) is not { } properties)
        {
            return null;
        }

        if (!places.ContainsKey(new(to)) && !elsewhere.Value.Contains(to))
        {
            edge.Property("endNodeId").Wrong(LayoutRule.UnknownNode, $"{to} is no node of the file");
        }

        var load = properties.Property("loadRestriction");
        var length = places.TryGetValue(new(from), out var start) && places.TryGetValue(new(to), out var end)
            ? LayoutLength.Between(start, end)
            : 0; // to another floor, or from a node that is not there: the rules tell the second
        return new(
            new(id), new(from), new(to), length, WidthMillimetres: null,
            properties.Property("maxSpeed").MillimetresIfAny(),
            load.Property("unloaded").Flag(otherwise: true), load.Property("loaded").Flag(otherwise: true));
    }

    /// <summary>A station of which no node is for this type of vehicle is not for it either.</summary>
    private FloorStation? Station(LifValue station, SortedDictionary<NodeId, RoutePoint> places)
    {
        var id = Id(station.Property("stationId"));
        var named = station.Property("interactionNodeIds");
        var nodes = named.Items(LifFile.MostNodes).Select(Id).OfType<string>().Select(node => new NodeId(node)).ToImmutableArray();
        foreach (var node in nodes.Where(node => !places.ContainsKey(node) && !elsewhere.Value.Contains(node.Text)))
        {
            named.Wrong(LayoutRule.UnknownNode, $"{node} is no node of the file");
        }

        var own = vehicleType is null ? nodes : [.. nodes.Where(places.ContainsKey)];
        return id is null || (own.IsEmpty && !nodes.IsEmpty) ? null : new(new(id), own);
    }

    /// <summary>The entry for the type of vehicle: <c>vehicleTypeId</c> in 1.0.0 and the draft's schema, <c>vehicleTypeIds</c> in files of the draft.</summary>
    private LifValue? Properties(LifValue entries)
    {
        foreach (var entry in entries.Items(MostTypes))
        {
            var several = entry.Property("vehicleTypeIds");
            if (vehicleType is null
                || (several.Exists
                    ? several.Items(MostTypes).Any(type => type.Is(vehicleType))
                    : entry.Property("vehicleTypeId").Text(TypeLength) == vehicleType))
            {
                return entry;
            }
        }

        return null;
    }

    private static string? Id(LifValue value)
    {
        var text = value.Text(GrainKey.MaxBytes);
        if (text is null || GrainKey.IsPart(text))
        {
            return text;
        }

        value.Wrong(LayoutRule.IllegalId, "an id has the characters A-Z a-z 0-9 . _ - here, as it stands in topics and keys");
        return null;
    }
}
