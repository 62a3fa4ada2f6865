using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Gs1;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Rfid;
using Warehouse.Domain.Sensing;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Areas;

/// <summary>
/// Area: a part of a warehouse that readers or sensors watch, a gate or a cold store. What a reader believes is asked of
/// the tote or parcel whose tag it is; when its book says otherwise, that is a case for a person, which ends by itself
/// when the thing is seen where it belongs. A value beyond its limits is an alarm; the first one holds the area's goods.
/// Sightings move nothing: the books follow machines and people, and a reader is only a witness.
/// </summary>
public static class AreaDecider
{
    /// <summary>Longest name and reason, in characters.</summary>
    public const int MaxText = 256;

    /// <summary>The noun.</summary>
    public static Decider<AreaState> Decider { get; } = new("area", 1, AreaState.None, Decide, Evolve, React, Check);

    private static Decision Decide(AreaState area, Command command, Moment at) => (command, area) switch
    {
        (AreaCommand.SetUp setUp, _) => SetUp(area, setUp),
        (Answered answered, _) => Answered(area, answered, at),
        (_, { Area: null }) => Decision.Refuse(AreaRefusal.Unknown, "no such area was set up"),
        (Signalled { Signal: DeviceSignal.TagsRead read } signalled, _) => Seen(area, signalled.Device, read.Sighting),
        (Signalled { Signal: DeviceSignal.Measured measured } signalled, _) => Measured(area, signalled.Device, measured),
        (Signalled or NotTaken, _) => Decision.Nothing,
        (AreaCommand.ReleaseHold release, _) => ReleaseHold(area, release),
        (AreaCommand.SettleCase settle, _) => SettleCase(area, settle),
        _ => throw new UnreachableCommandException("area", command),
    };

    private static Decision SetUp(AreaState area, AreaCommand.SetUp setUp)
    {
        var plan = setUp.Plan;
        var broken = plan.Skus.Length > AreaState.MaxSkus ? $"skus: at most {AreaState.MaxSkus}"
            : !plan.Skus.Zip(plan.Skus.Skip(1)).All(pair => pair.First.CompareTo(pair.Second) < 0) ? "skus: each once and in order"
            : plan.TotePrefix.Length > 0 && !GrainKey.IsPart(plan.TotePrefix) ? "totePrefix: A-Z a-z 0-9 . _ -"
            : plan.TotePrefix.Length > 32 ? "totePrefix: at most 32 characters"
            : plan.ToteDigits is < 0 or > 12 ? "toteDigits: 0 to 12"
            : null;
        return broken is not null ? Decision.Invalid(AreaRefusal.NotAPlan, broken)
            : area.Area == setUp.Area && area.Plan == plan ? Decision.Nothing
            : Decision.Accept(new AreaEvent.WasSetUp(setUp.Area, plan));
    }

    private static Decision Seen(AreaState area, DeviceId reader, TagSighting sighting)
    {
        var by = new TagWitness(reader, sighting.Epc, sighting.LastSeen);
        (StreamId What, Command Question)? asked = EpcDecoder.Decode(Convert.FromHexString(sighting.Hex), sighting.ProtocolControl) switch
        {
            Epc.Sscc unit => (new Sscc(unit.Sscc18).Stream, new ParcelCommand.Seen(sighting.Direction == TagDirection.Out, by)),
            Epc.Grai asset when LpnOf(area.Plan, asset) is { } lpn => (
                lpn.Stream, new ToteCommand.Seen(sighting.Passage == TagPassage.Arrived ? area.Plan.Place : null, by)),
            _ => null,
        };
        return asked is var (what, question)
            ? Decision.Accept(new AreaEvent.Sighted(what, sighting.Epc, reader, question, sighting.LastSeen))
            : Decision.Nothing;
    }

    private static Lpn? LpnOf(AreaPlan plan, Epc.Grai asset) => plan.TotePrefix.Length == 0
        ? null
        : new Lpn(plan.TotePrefix + asset.Serial.ToString(CultureInfo.InvariantCulture).PadLeft(plan.ToteDigits, '0'));

    /// <summary>The noun's answer: no case, the end of one, a new one, or news of an old one.</summary>
    private static Decision Answered(AreaState area, Answered answered, Moment at)
    {
        var (asked, by) = answered.Sent switch
        {
            ToteCommand.Seen seen => (true, seen.By),
            ParcelCommand.Seen seen => (true, seen.By),
            _ => (false, null),
        };
        if (!asked)
        {
            return Decision.Nothing;
        }

        var open = area.Cases.Find(answered.Target);
        if (answered.Answer.Accepted)
        {
            return open is null ? Decision.Nothing : Decision.Accept(new AreaEvent.CaseEnded(answered.Target, "", "its book has it so again"));
        }

        var why = answered.Answer.Reason ?? answered.Answer.Cause ?? "refused";
        return open?.Why == why || (open is null && area.Cases.Count >= AreaState.MaxCases)
            ? Decision.Nothing
            : Decision.Accept(new AreaEvent.CaseRaised(
                new AreaCase(answered.Target, by?.Epc ?? answered.Target.Key, by?.Reader, why, by?.SeenAt ?? at)));
    }

    private static Decision Measured(AreaState area, DeviceId sensor, DeviceSignal.Measured measured)
    {
        var alarm = new AreaAlarm(sensor, measured.Measure, measured.Level, measured.Value, measured.Unit);
        var standing = area.Alarms.FirstOrDefault(one => one.Sensor == sensor && one.Measure == measured.Measure);
        if (measured.Level == LimitLevel.Within)
        {
            return standing is null ? Decision.Nothing
                : area.Alarms.Length > 1 || area.Hold is null || area.Plan.Release == HoldRelease.Person
                    ? Decision.Accept(new AreaEvent.AlarmCleared(alarm))
                : Decision.Accept(
                    new AreaEvent.AlarmCleared(alarm),
                    new AreaEvent.HoldReleased(area.Hold.Id, "", $"{sensor} {measured.Measure} is back at {measured.Value} {measured.Unit}"));
        }

        if (standing?.Level == measured.Level || (standing is null && area.Alarms.Length >= AreaState.MaxAlarms))
        {
            return Decision.Nothing;
        }

        var reason = $"{area.Area}: {sensor} {measured.Measure} is {measured.Level switch { LimitLevel.High => "above", _ => "below" }} its limit at {measured.Value} {measured.Unit}";
        return area.Hold is not null
            ? Decision.Accept(new AreaEvent.AlarmRaised(alarm))
            : Decision.Accept(
                new AreaEvent.HoldBegun(string.Create(CultureInfo.InvariantCulture, $"{area.Area}/hold-{area.Holds + 1}"), reason),
                new AreaEvent.AlarmRaised(alarm));
    }

    private static Decision ReleaseHold(AreaState area, AreaCommand.ReleaseHold release) =>
        !IsText(release.Who) || !IsText(release.Why)
            ? Decision.Invalid(AreaRefusal.NotAPlan, $"who and why: 1 to {MaxText} characters")
        : !area.Alarms.IsEmpty
            ? Decision.Refuse(AreaRefusal.AlarmStands, $"{area.Alarms[0].Sensor} {area.Alarms[0].Measure} is still beyond its limit")
        : area.Hold is not { } hold
            ? Decision.Refuse(AreaRefusal.NotHeld, $"nothing of {area.Area} is held")
        : Decision.Accept(new AreaEvent.HoldReleased(hold.Id, release.Who, release.Why));

    private static Decision SettleCase(AreaState area, AreaCommand.SettleCase settle) =>
        !IsText(settle.Who) || !IsText(settle.Why)
            ? Decision.Invalid(AreaRefusal.NotAPlan, $"who and why: 1 to {MaxText} characters")
        : area.Cases.ContainsKey(settle.What)
            ? Decision.Accept(new AreaEvent.CaseEnded(settle.What, settle.Who, settle.Why))
        : Decision.Refuse(AreaRefusal.NoSuchCase, $"no case of {settle.What} is open in {area.Area}");

    private static AreaState Evolve(AreaState area, Event happened) => happened switch
    {
        AreaEvent.WasSetUp it => area with { Area = it.Area, Plan = it.Plan, FormerSkus = area.Plan.Skus },
        AreaEvent.Sighted => area,
        AreaEvent.CaseRaised it => area with { Cases = area.Cases.SetItem(it.Case.What, it.Case) },
        AreaEvent.CaseEnded it => area with { Cases = area.Cases.Remove(it.What) },
        AreaEvent.AlarmRaised { Alarm: var alarm } => area with { Alarms = Without(area, alarm).Add(alarm).Sort(ByName) },
        AreaEvent.AlarmCleared { Alarm: var alarm } => area with { Alarms = Without(area, alarm) },
        AreaEvent.HoldBegun it => area with { Hold = new(it.Id, it.Reason), Holds = area.Holds + 1 },
        AreaEvent.HoldReleased => area with { Hold = null, LastHold = area.Hold },
        _ => throw new UnknownEventException("area", happened),
    };

    private static IEnumerable<Effect> React(AreaState area, Event happened) => (happened, area) switch
    {
        (AreaEvent.Sighted it, _) => [Effect.Tell(it.What, it.Question)],
        (AreaEvent.HoldBegun it, _) => area.Plan.Skus.Select(sku => Tell(area, sku, new StockCommand.Hold(it.Id, it.Reason))),
        (AreaEvent.HoldReleased it, _) => area.Plan.Skus.Select(sku => Tell(area, sku, new StockCommand.Unhold(it.Id))),
        (AreaEvent.WasSetUp, { Hold: { } hold }) =>
        [
            .. area.Plan.Skus.Except(area.FormerSkus).Select(sku => Tell(area, sku, new StockCommand.Hold(hold.Id, hold.Reason))),
            .. area.FormerSkus.Except(area.Plan.Skus).Select(sku => Tell(area, sku, new StockCommand.Unhold(hold.Id))),
        ],
        _ => [],
    };

    private static Effect Tell(AreaState area, Sku sku, StockCommand command) =>
        Effect.Tell(StockState.StreamOf(area.Area!.Value.Warehouse, sku), command);

    private static ImmutableArray<AreaAlarm> Without(AreaState area, AreaAlarm alarm) =>
        area.Alarms.RemoveAll(one => one.Sensor == alarm.Sensor && one.Measure == alarm.Measure);

    private static int ByName(AreaAlarm one, AreaAlarm other) =>
        one.Sensor.CompareTo(other.Sensor) is not 0 and var bySensor ? bySensor : string.CompareOrdinal(one.Measure, other.Measure);

    private static bool IsText(string? text) => text is { Length: >= 1 and <= MaxText };

    private static void Check(AreaState area)
    {
        if (area.Hold is null && !area.Alarms.IsEmpty && area.Area is { } id)
        {
            throw new BrokenInvariantException("area", id.Text, "an alarm stands and nothing is held");
        }
    }
}
