using System.Collections.Immutable;
using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Dashboard.Board;

/// <summary>
/// The floor as a person sees it: facts from the journal's feed, poses from telemetry. One writer of facts (the feed),
/// many of poses (the links), many readers; a lock held for microseconds keeps them apart. Every part remembers the
/// number of its last change, so a viewer that knows number N gets what changed since, however much happened between.
/// </summary>
public sealed class FloorBoard(TimeProvider clock, int speed, string note)
{
    private const int ParcelsShown = 20;
    private const int ExceptionsShown = 200;

    private readonly Lock _gate = new();
    private readonly OrderBoard _orders = new();
    private readonly ExceptionBoard _cases = new();
    private readonly SortedDictionary<string, Stamped<FloorMap>> _maps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Stamped<VehicleView>> _vehicles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Stamped<CraneView>> _cranes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Stamped<StationBoard>> _stations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Stamped<AreaBoard>> _areas = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StockAlarmView> _alarms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParcelEvent.Packed> _packed = new(StringComparer.Ordinal);
    private readonly LinkedList<ParcelView> _parcels = new();
    private long _number;
    private long _ordersAt;
    private long _alarmsAt;
    private long _casesAt;
    private long _parcelsAt;

    /// <summary>Raised after any change, on whatever thread made it: take a note and return.</summary>
    public event Action? Changed;

    /// <summary>Asked, each time the clock is, how the wire to the machines is; null where nobody knows.</summary>
    public Func<WireView?>? Wire { get; set; }

    /// <summary>Appends of the journal seen so far.</summary>
    public long Appends { get; private set; }

    /// <summary>The journal's position seen last.</summary>
    public long Position { get; private set; }

    /// <summary>Takes in one append.</summary>
    public void Apply(long position, StreamId stream, Moment at, ImmutableArray<Event> events)
    {
        lock (_gate)
        {
            Appends++;
            Position = position;
            foreach (var happened in events)
            {
                Apply(stream, happened, at);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>A vehicle was seen.</summary>
    public void Vehicle(VehicleSeen seen)
    {
        lock (_gate)
        {
            var warehouse = Part(seen.Vehicle.Text);
            if (_maps.TryGetValue(warehouse, out var map))
            {
                _vehicles[seen.Vehicle.Text] = new(++_number, new VehicleView(
                    seen.Vehicle.Text, warehouse, seen.XMillimetres, map.Value.Height - seen.YMillimetres, -seen.HeadingMilliradians,
                    seen.BatteryPermille, seen.Driving, seen.Load?.Text));
            }
        }

        Changed?.Invoke();
    }

    /// <summary>A crane was seen.</summary>
    public void Crane(CraneSeen seen)
    {
        lock (_gate)
        {
            _cranes[seen.Aisle.Text] = new(++_number, new CraneView(
                seen.Aisle.Text, Part(seen.Aisle.Text), seen.XMillimetres, seen.YMillimetres, seen.State, seen.Load?.Text));
        }

        Changed?.Invoke();
    }

    /// <summary>A case for a person that stands in no stream.</summary>
    public void Hold(ExceptionView found)
    {
        lock (_gate)
        {
            _cases.Add(found);
            _casesAt = ++_number;
        }

        Changed?.Invoke();
    }

    /// <summary>Everything, now.</summary>
    public FloorSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new FloorSnapshot(
                _number, Clock(), [.. _maps.Values.Select(map => map.Value)], Since(_vehicles, -1), Since(_cranes, -1), _orders.Counts(Now()), _orders.Latest(),
                [.. _stations.Values.Select(station => station.Value.View)], [.. _alarms.Values], Cases(), [.. _parcels],
                [.. _areas.Values.Select(area => area.Value.View)], note);
        }
    }

    /// <summary>What changed since a number, or null when nothing did.</summary>
    public FloorDelta? Since(long number)
    {
        lock (_gate)
        {
            return number == _number ? null : new FloorDelta(
                number, _number, Clock(), NullIfEmpty(Since(_vehicles, number)), NullIfEmpty(Since(_cranes, number)),
                _ordersAt > number ? _orders.Counts(Now()) : null,
                _ordersAt > number ? _orders.Latest() : null,
                NullIfEmpty([.. _stations.Values.Where(station => station.At > number).Select(station => station.Value.View)]),
                _alarmsAt > number ? [.. _alarms.Values] : null,
                _casesAt > number || _ordersAt > number ? Cases() : null,
                _parcelsAt > number ? [.. _parcels] : null,
                NullIfEmpty([.. _areas.Values.Where(area => area.At > number).Select(area => area.Value.View)]));
        }
    }

    /// <summary>Orders in a stage, in short.</summary>
    public ImmutableArray<OrderView> OrdersIn(OrderStage stage)
    {
        lock (_gate)
        {
            return [.. _orders.In(stage)];
        }
    }

    /// <summary>The highest number among a channel's orders whose external id is one; 0 when there is none.</summary>
    public int HighestNumber(string channel)
    {
        lock (_gate)
        {
            return _orders.HighestNumber(channel);
        }
    }

    /// <summary>All that does not move by itself, without the page's bound.</summary>
    public ImmutableArray<ExceptionView> Exceptions()
    {
        lock (_gate)
        {
            return [.. _cases.Views, .. _orders.Stuck()];
        }
    }

    private void Apply(StreamId stream, Event happened, Moment at)
    {
        switch (happened)
        {
            case OrderEvent e:
                _orders.Apply(stream, e, at);
                _ordersAt = ++_number;
                break;
            case StationEvent e:
                var station = _stations.TryGetValue(stream.Key, out var known) ? known.Value : new StationBoard(StationId.Parse(stream.Key));
                station.Apply(e);
                _stations[stream.Key] = new(++_number, station);
                break;
            case AreaEvent e:
                var area = _areas.TryGetValue(stream.Key, out var watched) ? watched.Value : new AreaBoard(stream.Key);
                area.Apply(e, at);
                _areas[stream.Key] = new(++_number, area);
                break;
            case WarehouseEvent.Opened e:
                Lay(e.Plan);
                break;
            case StockEvent.RanLow e:
                _alarms[stream.Key] = new StockAlarmView(stream.Key, e.Available, e.SafetyStock, at.UnixMilliseconds);
                _alarmsAt = ++_number;
                break;
            case StockEvent.Recovered when _alarms.Remove(stream.Key):
                _alarmsAt = ++_number;
                break;
            case ParcelEvent.Packed e:
                _packed[stream.Key] = e;
                break;
            case ParcelEvent.Voided:
                _packed.Remove(stream.Key);
                break;
            case ParcelEvent.Shipped e when _packed.Remove(stream.Key, out var parcel):
                Shipped(parcel, e.At);
                break;
        }

        if (_cases.Apply(stream, happened, at))
        {
            _casesAt = ++_number;
        }
    }

    private void Lay(WarehousePlan plan)
    {
        var floor = FloorPlan.Of(plan);
        _maps[plan.Id.Text] = new(++_number, FloorMap.Of(plan));
        foreach (var vehicle in floor.Vehicles)
        {
            var home = floor.Stops[FloorPlan.Home(vehicle)].Point;
            _vehicles.TryAdd(vehicle.Text, new(_number, new VehicleView(
                vehicle.Text, plan.Id.Text, home.XMillimetres, floor.HeightMillimetres - home.YMillimetres, 0, 1000, false, null)));
        }

        foreach (var aisle in floor.Aisles)
        {
            _cranes.TryAdd(aisle.Text, new(_number, new CraneView(aisle.Text, plan.Id.Text, 0, 0, "Idle", null)));
        }
    }

    private void Shipped(ParcelEvent.Packed parcel, Moment at)
    {
        _parcels.AddFirst(new ParcelView(
            parcel.Sscc.Text, parcel.Order.Text, parcel.Warehouse.Text, parcel.MassGrams, parcel.Contents.Sum(content => content.Quantity), at.UnixMilliseconds));
        if (_parcels.Count > ParcelsShown)
        {
            _parcels.RemoveLast();
        }

        _parcelsAt = ++_number;
    }

    private ImmutableArray<ExceptionView> Cases() => [.. _cases.Views.Concat(_orders.Stuck()).Take(ExceptionsShown)];

    private Moment Now() => Moment.Of(clock.GetUtcNow());

    private ClockView Clock() => new(Now().UnixMilliseconds, speed, Wire?.Invoke());

    private static ImmutableArray<T> Since<T>(SortedDictionary<string, Stamped<T>> parts, long number) =>
        [.. parts.Values.Where(part => part.At > number).Select(part => part.Value)];

    private static ImmutableArray<T>? NullIfEmpty<T>(ImmutableArray<T> items) => items.IsEmpty ? null : items;

    private static string Part(string key) => key[..key.IndexOf('/', StringComparison.Ordinal)];

    private readonly record struct Stamped<T>(long At, T Value);
}
