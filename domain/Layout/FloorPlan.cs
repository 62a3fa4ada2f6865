using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Picking;

namespace Warehouse.Domain.Layout;

/// <summary>
/// A floor laid out from a plan: a one-way loop of nodes, driven clockwise, with stops beside it. Seen from above with y
/// upwards (as VDA 5050 maps are), the aisles stand along the upper side, the stations along the lower one, receiving is
/// at the right end, and the vehicles' homes lie inside. Everything follows from the plan alone, so only that is stored.
/// <para>Each stop touches one loop node and each loop node at most one stop on either side. Whoever stands at a stop
/// is off the loop; with fewer vehicles than loop nodes the loop can always move.</para>
/// </summary>
[GenerateSerializer, Immutable, Alias("layout.floor-plan")]
public sealed partial class FloorPlan : IEquatable<FloorPlan>
{
    /// <summary>From node to node of the loop, and from a loop node to its stops.</summary>
    public const int PitchMillimetres = 1500;

    /// <summary>How many totes can stand at receiving.</summary>
    public const int ReceivingPlaces = 4;

    [Id(0)]
    private readonly WarehousePlan plan;

    [NonSerialized]
    private FloorGeometry? geometry;

    /// <summary>The floor of a sound plan; use <see cref="Of"/>.</summary>
    [JsonConstructor]
    public FloorPlan(WarehousePlan plan)
    {
        var broken = PlanRules.Broken(plan);
        this.plan = broken.IsEmpty ? plan : throw new ArgumentException(string.Join("; ", broken), nameof(plan));
    }

    /// <summary>Lay out a plan; throws <see cref="ArgumentException"/> with every broken rule (<see cref="PlanRules"/> tells them beforehand).</summary>
    public static FloorPlan Of(WarehousePlan plan) => new(plan);

    /// <summary>The numbers it was laid out from.</summary>
    public WarehousePlan Plan => plan;

    /// <summary>The loop's nodes in driving order; after the last comes the first.</summary>
    [JsonIgnore]
    public ImmutableArray<RoutePoint> Loop => Geometry.Loop;

    /// <summary>Where a vehicle stands for a place. A station's slots and its pack place share one stop.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<PlaceId, FloorStop> Stops => Geometry.Stops;

    /// <summary>Every node of the floor, stops and loop, with its position.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<NodeId, RoutePoint> Nodes => Geometry.Nodes;

    /// <summary>The whole picture's width in millimetres; positions reach from 0 to it.</summary>
    [JsonIgnore]
    public int WidthMillimetres => Geometry.Width;

    /// <summary>The whole picture's height in millimetres; positions reach from 0 to it.</summary>
    [JsonIgnore]
    public int HeightMillimetres => Geometry.Height;

    /// <summary>All aisles, in order.</summary>
    [JsonIgnore]
    public ImmutableArray<AisleId> Aisles => Geometry.Aisles;

    /// <summary>All stations, in order.</summary>
    [JsonIgnore]
    public ImmutableArray<StationId> Stations => Geometry.Stations;

    /// <summary>All vehicles, in order.</summary>
    [JsonIgnore]
    public ImmutableArray<VehicleId> Vehicles => Geometry.Vehicles;

    /// <summary>Where totes from outside stand until a vehicle takes them.</summary>
    [JsonIgnore]
    public ImmutableArray<PlaceId> Receiving => Geometry.Receiving;

    /// <summary>All homes, in the order of the vehicles that stand there at first. Later any idle vehicle may park in any.</summary>
    [JsonIgnore]
    public ImmutableArray<PlaceId> Homes => Geometry.Homes;

    private FloorGeometry Geometry => geometry ??= FloorGeometry.Of(plan);

    /// <summary>Where an aisle's crane sets totes for vehicles to take.</summary>
    public ImmutableArray<PlaceId> OutPlaces(AisleId aisle) => Geometry.OutPlaces[aisle];

    /// <summary>Where vehicles set totes for an aisle's crane to take.</summary>
    public ImmutableArray<PlaceId> InPlaces(AisleId aisle) => Geometry.InPlaces[aisle];

    /// <summary>Where vehicles stand before a station's picker.</summary>
    public ImmutableArray<PlaceId> Docks(StationId station) => Geometry.Docks[station];

    /// <summary>Where a station's order totes stand, slot 1 first.</summary>
    public ImmutableArray<PlaceId> Slots(StationId station) => Geometry.Slots[station];

    /// <summary>Where a station's slot is; slots count from 1.</summary>
    public static PlaceId Slot(StationId station, int slot) => new(Text($"{station.Text}/slot/{slot:00}"));

    /// <summary>Where a packed order's tote stands when it is unpacked again.</summary>
    public static PlaceId Pack(StationId station) => new(station.Text + "/pack");

    /// <summary>Whether the place is a packing table, the one kind of place that holds several totes at once.</summary>
    public static bool IsPack(PlaceId place) => place.Text.EndsWith("/pack", StringComparison.Ordinal);

    /// <summary>Where a vehicle stands at first.</summary>
    public static PlaceId Home(VehicleId vehicle) => FloorGeometry.HomeOf(vehicle);

    /// <summary>True when vehicles park there.</summary>
    public bool IsHome(PlaceId place) => Geometry.HomePlaces.Contains(place);

    /// <summary>The warehouse to which an aisle, a station, a vehicle or a place belongs: its first part.</summary>
    public static WarehouseId WarehouseOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key[..key.IndexOf('/', StringComparison.Ordinal)]);
    }

    /// <summary>The place on top of a vehicle.</summary>
    public static PlaceId On(VehicleId vehicle) => new(vehicle.Text);

    /// <summary>The device of a slot's pick-to-light tag, <c>MAIN/ptl-S1-03</c>; slots count from 1.</summary>
    public static DeviceId Tag(StationId station, int slot) => DeviceOf("ptl", station.Text, Text($"-{slot:00}"));

    /// <summary>The device of a vehicle, <c>MAIN/agv-V07</c>.</summary>
    public static DeviceId Device(VehicleId vehicle) => DeviceOf("agv", vehicle.Text, "");

    /// <summary>The device of an aisle's crane, <c>MAIN/crane-A01</c>.</summary>
    public static DeviceId Device(AisleId aisle) => DeviceOf("crane", aisle.Text, "");

    /// <summary>An aisle's bins, the one nearest to its front first.</summary>
    public IEnumerable<RackBin> Bins(AisleId aisle) => Rack.Bins(aisle, plan.Columns, plan.Levels);

    /// <summary>Where an aisle's rack lies, for pictures.</summary>
    public FloorArea RackArea(AisleId aisle) => Geometry.RackAreas[Aisles.IndexOf(aisle)];

    /// <summary>Where a station's picker and slots are, for pictures.</summary>
    public FloorArea StationArea(StationId station) => Geometry.StationAreas[Stations.IndexOf(station)];

    /// <summary>The way from the stop of one place to the stop of another, both included: out to the loop, along it, in. One point when both share a stop.</summary>
    public ImmutableArray<RoutePoint> Route(PlaceId from, PlaceId to)
    {
        var start = Stops[from];
        var end = Stops[to];
        if (start.Point == end.Point)
        {
            return [start.Point];
        }

        var between = LoopSteps(start, end);
        var route = ImmutableArray.CreateBuilder<RoutePoint>(between + 3);
        route.Add(start.Point);
        for (var step = 0; step <= between; step++)
        {
            route.Add(Loop[(start.LoopIndex + step) % Loop.Length]);
        }

        route.Add(end.Point);
        return route.MoveToImmutable();
    }

    /// <summary>How far a vehicle drives from one place to another, in millimetres.</summary>
    public int DriveMillimetres(PlaceId from, PlaceId to)
    {
        var start = Stops[from];
        var end = Stops[to];
        return start.Point == end.Point ? 0 : (LoopSteps(start, end) + 2) * PitchMillimetres;
    }

    /// <summary>How many loop nodes a vehicle passes on its way from one stop to another, after the first.</summary>
    public int DriveNodes(FloorStop from, FloorStop to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return LoopSteps(from, to);
    }

    /// <summary>The station to which a dock, a slot or a pack place belongs: its first two parts.</summary>
    public static StationId StationOf(PlaceId place) =>
        new(place.Text[..place.Text.IndexOf('/', place.Text.IndexOf('/', StringComparison.Ordinal) + 1)]);

    /// <summary>Same plan, same floor.</summary>
    public bool Equals(FloorPlan? other) => other is not null && plan == other.plan;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FloorPlan);

    /// <inheritdoc/>
    public override int GetHashCode() => (plan.Aisles * 31) + plan.Stations;

    private int LoopSteps(FloorStop start, FloorStop end) => (end.LoopIndex - start.LoopIndex + Loop.Length) % Loop.Length;

    private static DeviceId DeviceOf(string kind, string key, string after)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return new($"{key[..slash]}/{kind}-{key[(slash + 1)..]}{after}");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
