using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Devices;

/// <summary>Where a vehicle was last seen: millimetres on its floor, heading in milliradians, battery in per mille. Never journaled.</summary>
public sealed record VehicleSeen(VehicleId Vehicle, int XMillimetres, int YMillimetres, int HeadingMilliradians, int BatteryPermille, string LastNode, bool Driving, Lpn? Load);

/// <summary>Where a crane was last seen: millimetres along and up its aisle. Never journaled.</summary>
public sealed record CraneSeen(AisleId Aisle, int XMillimetres, int YMillimetres, string State, Lpn? Load);

/// <summary>A raw signal of a device, as text for people: a tag read, a measured value. Never journaled.</summary>
/// <param name="Device">The device.</param>
/// <param name="What">What kind of signal: <c>read</c>, or the measure's name.</param>
/// <param name="Value">What it said.</param>
/// <param name="At">When, by the device's clock.</param>
public sealed record RawSeen(DeviceId Device, string What, string Value, Moment At);
