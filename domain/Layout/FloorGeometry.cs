using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Picking;

namespace Warehouse.Domain.Layout;

/// <summary>
/// Where a plan's loop and stops lie. The loop is a rectangle: a long side holds as many nodes as the aisles, the
/// stations or half the homes need, whichever is most; aisles and stations get equal shares of their side.
/// </summary>
internal sealed class FloorGeometry
{
    /// <summary>Loop nodes on a short side, between two corners: as many as receiving needs.</summary>
    private const int ShortSide = FloorPlan.ReceivingPlaces;

    /// <summary>From the outermost stop to the picture's edge, with room for a station before it.</summary>
    private const int Margin = 3 * FloorPlan.PitchMillimetres;

    private const int Pitch = FloorPlan.PitchMillimetres;

    private readonly int longSide;
    private readonly SortedDictionary<PlaceId, FloorStop> stops = [];

    private FloorGeometry(WarehousePlan plan)
    {
        Aisles = [.. Enumerable.Range(1, plan.Aisles).Select(n => new AisleId(Invariant($"{plan.Id}/A{n:00}")))];
        Stations = [.. Enumerable.Range(1, plan.Stations).Select(n => new StationId(Invariant($"{plan.Id}/S{n}")))];
        Vehicles = [.. Enumerable.Range(1, plan.Vehicles).Select(n => new VehicleId(Invariant($"{plan.Id}/V{n:00}")))];
        Receiving = [.. Enumerable.Range(1, ShortSide).Select(n => new PlaceId(Invariant($"{plan.Id}/receive/{n}")))];
        OutPlaces = Aisles.ToImmutableSortedDictionary(
            one => one, one => Numbered(one.Text + "/out", plan.OutPlacesPerAisle, "0"));
        InPlaces = Aisles.ToImmutableSortedDictionary(
            one => one, one => Numbered(one.Text + "/in", plan.InPlacesPerAisle, "0"));
        Docks = Stations.ToImmutableSortedDictionary(
            one => one, one => Numbered(one.Text + "/dock", plan.DocksPerStation, "00"));
        Slots = Stations.ToImmutableSortedDictionary(
            one => one, one => Numbered(one.Text + "/slot/", plan.SlotsPerStation, "00"));
        Homes = [.. Vehicles.Select(HomeOf)];
        HomePlaces = [.. Homes];
        var perAisle = plan.InPlacesPerAisle + plan.OutPlacesPerAisle;
        var perStation = plan.DocksPerStation + 1;
        longSide = Math.Max(
            Math.Max(plan.Aisles * perAisle, plan.Stations * perStation), (plan.Vehicles + 1) / 2);
        Loop = LoopNodes();
        Width = (longSide + 1) * Pitch + 2 * Margin;
        Height = (ShortSide + 1) * Pitch + 2 * Margin + plan.Columns * Rack.ColumnMillimetres;
    }

    public ImmutableArray<AisleId> Aisles { get; }

    public ImmutableArray<StationId> Stations { get; }

    public ImmutableArray<VehicleId> Vehicles { get; }

    public ImmutableArray<PlaceId> Receiving { get; }

    public ImmutableSortedDictionary<AisleId, ImmutableArray<PlaceId>> OutPlaces { get; }

    public ImmutableSortedDictionary<AisleId, ImmutableArray<PlaceId>> InPlaces { get; }

    public ImmutableSortedDictionary<StationId, ImmutableArray<PlaceId>> Docks { get; }

    public ImmutableSortedDictionary<StationId, ImmutableArray<PlaceId>> Slots { get; }

    public ImmutableArray<PlaceId> Homes { get; }

    public ImmutableSortedSet<PlaceId> HomePlaces { get; }

    public ImmutableArray<RoutePoint> Loop { get; }

    public ImmutableSortedDictionary<PlaceId, FloorStop> Stops { get; private set; } =
        ImmutableSortedDictionary<PlaceId, FloorStop>.Empty;

    public ImmutableSortedDictionary<NodeId, RoutePoint> Nodes { get; private set; } =
        ImmutableSortedDictionary<NodeId, RoutePoint>.Empty;

    public ImmutableArray<FloorArea> RackAreas { get; private set; } = [];

    public ImmutableArray<FloorArea> StationAreas { get; private set; } = [];

    public int Width { get; }

    public int Height { get; }

    private static int BottomY => Margin;

    private static int TopY => Margin + (ShortSide + 1) * Pitch;

    public static FloorGeometry Of(WarehousePlan plan)
    {
        var geometry = new FloorGeometry(plan);
        geometry.PlaceAisles(plan.Columns * Rack.ColumnMillimetres);
        geometry.PlaceStations();
        geometry.PlaceReceiving();
        geometry.PlaceHomes();
        geometry.Stops = geometry.stops.ToImmutableSortedDictionary();
        geometry.Nodes = geometry.stops.Values.Select(stop => stop.Point).Distinct().Concat(geometry.Loop)
            .ToImmutableSortedDictionary(point => point.Node, point => point);
        return geometry;
    }

    public static PlaceId HomeOf(VehicleId vehicle)
    {
        var slash = vehicle.Text.IndexOf('/', StringComparison.Ordinal);
        return new($"{vehicle.Text[..slash]}/home/{vehicle.Text[(slash + 1)..]}");
    }

    /// <summary>Clockwise from the upper left corner; index 0 is that corner.</summary>
    private ImmutableArray<RoutePoint> LoopNodes()
    {
        var corners = new[] { (0, ShortSide + 1), (longSide + 1, ShortSide + 1), (longSide + 1, 0), (0, 0) };
        var steps = new[] { (1, 0, longSide), (0, -1, ShortSide), (-1, 0, longSide), (0, 1, ShortSide) };
        var loop = ImmutableArray.CreateBuilder<RoutePoint>();
        foreach (var ((x, y), (dx, dy, count)) in corners.Zip(steps))
        {
            for (var step = 0; step <= count; step++)
            {
                var node = new NodeId(Invariant($"N{loop.Count + 1:0000}"));
                loop.Add(new(node, Margin + (x + dx * step) * Pitch, BottomY + (y + dy * step) * Pitch));
            }
        }

        return loop.ToImmutable();
    }

    /// <summary>In driving direction an aisle's in places come before its out places: a vehicle that set down takes up next door.</summary>
    private void PlaceAisles(int rackDepth)
    {
        RackAreas = [.. Aisles.Select((aisle, at) =>
        {
            ImmutableArray<PlaceId> places = [.. InPlaces[aisle], .. OutPlaces[aisle]];
            var first = 1 + at * longSide / Aisles.Length;
            for (var i = 0; i < places.Length; i++)
            {
                Place(places[i], first + i, LoopSide.Outer);
            }

            var left = Loop[first].XMillimetres - Pitch / 2;
            return new FloorArea(left, TopY + 2 * Pitch, places.Length * Pitch, rackDepth);
        })];
    }

    /// <summary>The lower side is driven from right to left, so the first station, drawn at the left, comes last.</summary>
    private void PlaceStations()
    {
        StationAreas = [.. Stations.Select((station, at) =>
        {
            var docks = Docks[station];
            var first = LowerSide + (Stations.Length - 1 - at) * longSide / Stations.Length;
            for (var i = 0; i < docks.Length; i++)
            {
                Place(docks[i], first + i, LoopSide.Outer);
            }

            var back = StopAt(first + docks.Length, LoopSide.Outer, Local(station.Text) + "-back");
            foreach (var place in Slots[station].Append(FloorPlan.Pack(station)))
            {
                stops.Add(place, back);
            }

            var left = Loop[first + docks.Length].XMillimetres - Pitch / 2;
            return new FloorArea(left, 0, (docks.Length + 1) * Pitch, BottomY - 2 * Pitch);
        })];
    }

    private void PlaceReceiving()
    {
        for (var i = 0; i < Receiving.Length; i++)
        {
            Place(Receiving[i], longSide + 2 + i, LoopSide.Outer);
        }
    }

    /// <summary>Evenly over both long sides, so that an idle vehicle is never far from work.</summary>
    private void PlaceHomes()
    {
        for (var i = 0; i < Vehicles.Length; i++)
        {
            var at = (int)((long)i * 2 * longSide / Vehicles.Length);
            Place(Homes[i], at < longSide ? 1 + at : LowerSide + at - longSide, LoopSide.Inner);
        }
    }

    /// <summary>The loop index of the lower side's first node after its corner.</summary>
    private int LowerSide => longSide + ShortSide + 3;

    private void Place(PlaceId place, int loopIndex, LoopSide side) =>
        stops.Add(place, StopAt(loopIndex, side, Local(place.Text)));

    private FloorStop StopAt(int loopIndex, LoopSide side, string name)
    {
        var on = Loop[loopIndex];
        var away = side == LoopSide.Outer ? Pitch : -Pitch;
        var point = loopIndex switch
        {
            _ when on.YMillimetres == TopY => on with { YMillimetres = TopY + away },
            _ when on.YMillimetres == BottomY => on with { YMillimetres = BottomY - away },
            _ when loopIndex < LowerSide => on with { XMillimetres = on.XMillimetres + away },
            _ => on with { XMillimetres = on.XMillimetres - away },
        };
        return new(point with { Node = new(name) }, loopIndex, side);
    }

    private static ImmutableArray<PlaceId> Numbered(string before, int count, string digits) =>
        [.. Enumerable.Range(1, count).Select(n => new PlaceId(before + n.ToString(digits, CultureInfo.InvariantCulture)))];

    private static string Local(string place) => place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '-');

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
