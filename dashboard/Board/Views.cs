using System.Collections.Immutable;

namespace Warehouse.Dashboard.Board;

/// <summary>The floor's clock: its time in Unix milliseconds, how many times faster than real it runs, and how the wire to the machines is.</summary>
public sealed record ClockView(long Now, int Speed, WireView? Wire = null);

/// <summary>
/// The link to the MQTT broker: whether it is up, how long the oldest message waits for its turn, how many facts are held
/// until they are durable, how many messages were dropped; and how many clients the embedded broker has, null for another.
/// </summary>
public sealed record WireView(bool Up, long LagMilliseconds, int Held, long Shed, int? Clients);

/// <summary>A vehicle on its floor: millimetres, heading in milliradians, battery in per mille.</summary>
public sealed record VehicleView(string Id, string Warehouse, int X, int Y, int Heading, int Battery, bool Driving, string? Load);

/// <summary>A crane in its aisle: millimetres along and up.</summary>
public sealed record CraneView(string Id, string Warehouse, int Along, int Up, string State, string? Load);

/// <summary>How many orders stand where, and what the floor has done.</summary>
public sealed record OrderCounts(
    int Placed, int Allocating, int AwaitingStock, int Allocated, int Picking, int Packed, int Shipped, int Cancelling, int Cancelled,
    int Closed, int ReturnsOpen, int LinesPicked, int LinesLastHour, long UnitsPicked)
{
    /// <summary>Orders that somebody still has to do something for.</summary>
    public int Open => Allocating + AwaitingStock + Allocated + Picking + Packed + Cancelling;
}

/// <summary>One order in short.</summary>
public sealed record OrderView(string Id, string ExternalId, string Stage, string Why, long Since, int Lines, int Units, int Picked, string Warehouse);

/// <summary>One slot of a station: the order it collects, if any, and what its tag shows, if lit.</summary>
public sealed record SlotView(int Slot, string? Order, string? Tote, LitView? Lit);

/// <summary>A lit tag: what the picker shall do.</summary>
public sealed record LitView(string Task, string Kind, string? Sku, int Quantity, string From);

/// <summary>A pick station.</summary>
public sealed record StationView(string Id, string Warehouse, ImmutableArray<SlotView> Slots, string? Tote, int Presses);

/// <summary>A SKU that ran low.</summary>
public sealed record StockAlarmView(string Stock, int Available, int SafetyStock, long Since);

/// <summary>Something that does not move by itself, and why.</summary>
public sealed record ExceptionView(string Id, string Kind, string Reason, long Since);

/// <summary>A measured value beyond its limit: High or Low.</summary>
public sealed record AreaAlarmView(string Sensor, string Measure, string Level, long Value, string Unit, long Since);

/// <summary>Something that a reader saw and the books have otherwise. The reader is null when it is not known.</summary>
public sealed record AreaCaseView(string What, string? Reader, string Why, long SeenAt);

/// <summary>A watched area: why its goods are held, null when they are not; its alarms, its latest cases and how many there are.</summary>
public sealed record AreaView(
    string Id, string Warehouse, string? Hold, ImmutableArray<AreaAlarmView> Alarms, ImmutableArray<AreaCaseView> Cases, int CaseCount);

/// <summary>A parcel that the carrier has.</summary>
public sealed record ParcelView(string Sscc, string Order, string Warehouse, long MassGrams, int Units, long At);

/// <summary>The whole floor at once. Number counts changes; a delta follows on the number before it.</summary>
public sealed record FloorSnapshot(
    long Number, ClockView Clock, ImmutableArray<FloorMap> Maps, ImmutableArray<VehicleView> Vehicles, ImmutableArray<CraneView> Cranes,
    OrderCounts Orders, ImmutableArray<OrderView> Latest, ImmutableArray<StationView> Stations, ImmutableArray<StockAlarmView> Alarms,
    ImmutableArray<ExceptionView> Exceptions, ImmutableArray<ParcelView> Parcels, ImmutableArray<AreaView> Areas, string Note);

/// <summary>What changed since number <paramref name="From"/>: parts that did not are null, lists of vehicles, cranes, stations and areas name the changed ones only.</summary>
public sealed record FloorDelta(
    long From, long Number, ClockView Clock, ImmutableArray<VehicleView>? Vehicles, ImmutableArray<CraneView>? Cranes, OrderCounts? Orders,
    ImmutableArray<OrderView>? Latest, ImmutableArray<StationView>? Stations, ImmutableArray<StockAlarmView>? Alarms,
    ImmutableArray<ExceptionView>? Exceptions, ImmutableArray<ParcelView>? Parcels, ImmutableArray<AreaView>? Areas);
