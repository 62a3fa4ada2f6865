using Warehouse.Domain.Areas;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Dashboard.Board;

/// <summary>One watched area: what stands beyond its limits there, whether its goods are held, what was seen that the books have otherwise.</summary>
internal sealed class AreaBoard(string area)
{
    private const int CasesShown = 20;

    private readonly SortedDictionary<(DeviceId Sensor, string Measure), AreaAlarmView> _alarms = [];
    private readonly SortedDictionary<StreamId, AreaCaseView> _cases = [];
    private string? _hold;

    /// <summary>The area as it is shown; the latest cases, and how many there are.</summary>
    public AreaView View => new(
        area, area[..area.IndexOf('/', StringComparison.Ordinal)], _hold, [.. _alarms.Values],
        [.. _cases.Values.OrderByDescending(one => one.SeenAt).Take(CasesShown)], _cases.Count);

    /// <summary>Takes in one event.</summary>
    public void Apply(AreaEvent happened, Moment at)
    {
        switch (happened)
        {
            case AreaEvent.AlarmRaised { Alarm: var alarm }:
                var since = _alarms.TryGetValue((alarm.Sensor, alarm.Measure), out var known) ? known.Since : at.UnixMilliseconds;
                _alarms[(alarm.Sensor, alarm.Measure)] = new AreaAlarmView(
                    alarm.Sensor.Text, alarm.Measure, alarm.Level.ToString(), alarm.Value, alarm.Unit, since);
                break;
            case AreaEvent.AlarmCleared { Alarm: var alarm }:
                _alarms.Remove((alarm.Sensor, alarm.Measure));
                break;
            case AreaEvent.HoldBegun e:
                _hold = e.Reason;
                break;
            case AreaEvent.HoldReleased:
                _hold = null;
                break;
            case AreaEvent.CaseRaised { Case: var found }:
                _cases[found.What] = new AreaCaseView(found.What.Text, found.By?.Text, found.Why, found.SeenAt.UnixMilliseconds);
                break;
            case AreaEvent.CaseEnded e:
                _cases.Remove(e.What);
                break;
        }
    }
}
