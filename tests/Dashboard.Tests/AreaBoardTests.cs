using System.Collections.Immutable;
using Warehouse.Dashboard.Board;
using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Sensing;

namespace Warehouse.Dashboard.Tests;

/// <summary>What a watched area has to say reaches whoever looks at the floor.</summary>
public sealed class AreaBoardTests
{
    private static readonly StreamId Cold = new("area:MAIN/cold-1");
    private static readonly StreamId Tote = new("tote:T000400");
    private static readonly AreaAlarm Warm = new(new("MAIN/sensor-cold"), "temperature", LimitLevel.High, -14_000, "m°C");
    private readonly FloorBoard _board = new(TimeProvider.System, 1, "");
    private long _position;

    [Fact]
    public void An_alarm_the_hold_that_it_makes_and_a_case_are_shown_until_they_are_over()
    {
        Happens(new AreaEvent.HoldBegun("MAIN/cold-1/hold-1", "too warm"), new AreaEvent.AlarmRaised(Warm));
        Happens(new AreaEvent.CaseRaised(new AreaCase(Tote, "urn:epc:id:grai:1", new DeviceId("MAIN/rfid-gate"), "it stands at MAIN/S1/dock", new(5))));
        var seen = _board.Snapshot();

        var area = Assert.Single(seen.Areas);
        Assert.Equal(("MAIN/cold-1", "MAIN", "too warm", 1), (area.Id, area.Warehouse, area.Hold, area.CaseCount));
        Assert.Equal(new AreaAlarmView("MAIN/sensor-cold", "temperature", "High", -14_000, "m°C", 100), Assert.Single(area.Alarms));
        Assert.Equal(new AreaCaseView("tote:T000400", "MAIN/rfid-gate", "it stands at MAIN/S1/dock", 5), Assert.Single(area.Cases));
        Assert.Equal(["AreaHold", "AreaCase"], seen.Exceptions.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => one.Kind));

        Happens(new AreaEvent.AlarmCleared(Warm with { Level = LimitLevel.Within }), new AreaEvent.HoldReleased("MAIN/cold-1/hold-1", "Ann", "looked"));
        Happens(new AreaEvent.CaseEnded(Tote, "Ann", "carried by hand"));
        var after = seen.After(_board.Since(seen.Number)!);

        area = Assert.Single(after.Areas);
        Assert.Equal((null, 0, 0), (area.Hold, area.Alarms.Length, area.CaseCount));
        Assert.Empty(after.Exceptions);
    }

    private void Happens(params ImmutableArray<Event> events) => _board.Apply(++_position, Cold, new Moment(100), events);
}
