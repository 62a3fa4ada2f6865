using Warehouse.Domain.Areas;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Dashboard.Board;

/// <summary>What machines and stations wait for that needs a person, by the thing concerned; gone once it is settled.</summary>
internal sealed class ExceptionBoard
{
    private readonly SortedDictionary<string, ExceptionView> _open = new(StringComparer.Ordinal);

    /// <summary>What is open now.</summary>
    public IEnumerable<ExceptionView> Views => _open.Values;

    /// <summary>Something that only a person can settle, found outside the journal (a reversal without a partner).</summary>
    public void Add(ExceptionView found) => _open[found.Id] = found;

    /// <summary>Takes in one event; true when something was opened or settled.</summary>
    public bool Apply(StreamId stream, Event happened, Moment at) => happened switch
    {
        WarehouseEvent.VehicleStopped e => Open(e.Vehicle.Stream.Text, "VehicleStopped", e.Reason, at),
        CraneEvent.JobFailed e => Open($"crane-job:{e.Job}", "CraneJobFailed", e.Reason, at),
        AreaEvent.CaseRaised { Case: var found } => Open($"{stream}#{found.What}", "AreaCase", $"{found.By?.Text ?? stream.Key} saw it: {found.Why}", at),
        AreaEvent.CaseEnded e => _open.Remove($"{stream}#{e.What}"),
        AreaEvent.HoldBegun e => Open($"{stream}#hold", "AreaHold", e.Reason, at),
        AreaEvent.HoldReleased => _open.Remove($"{stream}#hold"),
        DeviceEvent.Differed e => Open($"{stream}#{e.Difference.Id}", "DeviceDiffers", e.Difference.What, at),
        DeviceEvent.Settled e => _open.Remove($"{stream}#{e.DifferenceId}"),
        StationEvent.Overdue { Times: > 2 } e => Open($"task:{e.Task}", "TagOverdue", $"lit for long without a press, shown {e.Times} times", at),
        StationEvent.Confirmed e => _open.Remove($"task:{e.Task}"),
        StationEvent.ShortPicked e => _open.Remove($"task:{e.Task}"),
        StationEvent.PutOut e => _open.Remove($"task:{e.Task}"),
        AgvEvent.OrderRepeated { Times: > 2 } e => Open($"mission:{e.Mission}", "VehicleSilent", $"the order was sent {e.Times} times without an answer", at),
        AgvEvent.LegDone e => _open.Remove($"mission:{e.Mission}"),
        CraneEvent.JobRepeated { Times: > 2 } e => Open($"crane-job:{e.Job}", "CraneSilent", $"the job was given {e.Times} times without an answer", at),
        CraneEvent.JobDone e => _open.Remove($"crane-job:{e.Job}"),
        CraneEvent.JobMended e => _open.Remove($"crane-job:{e.Failed}"),
        _ => false,
    };

    private bool Open(string id, string kind, string reason, Moment at)
    {
        _open[id] = new ExceptionView(id, kind, reason, at.UnixMilliseconds);
        return true;
    }
}
