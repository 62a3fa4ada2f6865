namespace Warehouse.Domain.Layout;

/// <summary>What a floor is asked to do.</summary>
/// <param name="LinesPerHour">Order lines that arrive in an hour.</param>
/// <param name="LinesPerOrder">Lines of a mean order.</param>
/// <param name="LinesPerVisitPermille">Lines served by one tote's visit to a station, in thousandths: orders side by side need the same SKUs.</param>
public sealed record FloorDemand(int LinesPerHour, int LinesPerOrder, int LinesPerVisitPermille);

/// <summary>
/// How busy a floor will be, in per mille of what each kind of resource can do: mean occupation times arrivals, divided
/// by how many there are (Little's law). A plan is sound when none exceeds <see cref="Limit"/>.
/// </summary>
/// <param name="DoubleCycleMilliseconds">A crane's mean double cycle by FEM 9.851.</param>
/// <param name="MissionMilliseconds">A vehicle's time for one tote: once around the loop with all stops and waits.</param>
/// <param name="Stations">The pickers.</param>
/// <param name="Cranes">The cranes.</param>
/// <param name="Vehicles">The vehicles.</param>
/// <param name="Docks">The docks, kept from the order to retrieve until the tote leaves.</param>
/// <param name="OutPlaces">The out places, kept from the order to retrieve until the next vehicle may come.</param>
/// <param name="InPlaces">The in places, kept from when the tote leaves its dock until it is in its bin.</param>
public sealed record PlannedLoad(
    int DoubleCycleMilliseconds, int MissionMilliseconds, int Stations, int Cranes, int Vehicles, int Docks,
    int OutPlaces, int InPlaces)
{
    /// <summary>No kind of resource is planned to be busier than this, in per mille; above it queues grow without need.</summary>
    public const int Limit = 850;

    private const int Hour = 3_600_000;

    /// <summary>The highest of them, in per mille.</summary>
    public int Busiest => Math.Max(
        Math.Max(Math.Max(Stations, Cranes), Vehicles), Math.Max(Math.Max(Docks, OutPlaces), InPlaces));

    /// <summary>The load of a plan under a demand.</summary>
    public static PlannedLoad Of(WarehousePlan plan, FloorDemand demand, FloorSpeeds speeds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(demand);
        ArgumentNullException.ThrowIfNull(speeds);
        var visits = (int)((long)demand.LinesPerHour * 1000 / demand.LinesPerVisitPermille);
        var line = speeds.LineMilliseconds + speeds.CloseMilliseconds / demand.LinesPerOrder;
        var visit = (int)((long)line * demand.LinesPerVisitPermille / 1000);
        var loop = (int)((long)FloorPlan.Of(plan).Loop.Length * FloorPlan.PitchMillimetres * 1000
            / speeds.DriveMillimetresPerSecond);
        var crane = DoubleCycle(plan, speeds);

        // A tote waits for the crane's job before its own, then for its own half; a vehicle comes from a neighbouring
        // stop, an eighth of the loop away; at the station one tote is served before it.
        var atOut = crane + loop / 8 + speeds.StopMilliseconds + speeds.HandoverMilliseconds;
        var across = loop / 2 + speeds.StopMilliseconds;
        var atDock = 2 * visit;
        var mission = loop + 3 * speeds.StopMilliseconds + 2 * speeds.HandoverMilliseconds + atDock;
        return new(
            crane,
            mission,
            Permille(demand.LinesPerHour, line, plan.Stations),
            Permille(visits, crane, plan.Aisles),
            Permille(visits, mission, plan.Vehicles),
            Permille(visits, atOut + across + atDock, plan.Stations * plan.DocksPerStation),
            Permille(visits, atOut + across / 2, plan.Aisles * plan.OutPlacesPerAisle),
            Permille(visits, across + speeds.HandoverMilliseconds + crane, plan.Aisles * plan.InPlacesPerAisle));
    }

    /// <summary>
    /// The mean double cycle by FEM 9.851, in milliseconds: from the front at floor level to the reference point (1/5 of
    /// the length, 2/3 of the height), on to the other (2/3, 1/5), back, and four fork cycles.
    /// </summary>
    public static int DoubleCycle(WarehousePlan plan, FloorSpeeds speeds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(speeds);
        var length = plan.Columns * Rack.ColumnMillimetres;
        var height = plan.Levels * Rack.LevelMillimetres;
        return Move(length / 5, height * 2 / 3, speeds)
            + Move(length * 2 / 3 - length / 5, height * 2 / 3 - height / 5, speeds)
            + Move(length * 2 / 3, height / 5, speeds)
            + 4 * speeds.ForkMilliseconds;
    }

    /// <summary>
    /// The mean single cycle by FEM 9.851, in milliseconds: to one of the reference points and back, the mean of both,
    /// and two fork cycles.
    /// </summary>
    public static int SingleCycle(WarehousePlan plan, FloorSpeeds speeds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(speeds);
        var length = plan.Columns * Rack.ColumnMillimetres;
        var height = plan.Levels * Rack.LevelMillimetres;
        return Move(length / 5, height * 2 / 3, speeds) + Move(length * 2 / 3, height / 5, speeds) + 2 * speeds.ForkMilliseconds;
    }

    /// <summary>Both axes move at once; the slower one counts.</summary>
    private static int Move(int along, int up, FloorSpeeds speeds) => Math.Max(
        Axis(along, speeds.CraneMillimetresPerSecond, speeds.CraneAcceleration),
        Axis(up, speeds.HoistMillimetresPerSecond, speeds.HoistAcceleration));

    /// <summary>Speeding up, driving, slowing down; over a short way without driving in between.</summary>
    private static int Axis(long distance, long speed, long acceleration) =>
        distance * acceleration >= speed * speed
            ? (int)(distance * 1000 / speed + speed * 1000 / acceleration)
            : (int)Root(4_000_000 * distance / acceleration);

    /// <summary>The whole part of a square root, by Newton's method.</summary>
    private static long Root(long square)
    {
        if (square < 2)
        {
            return square;
        }

        var (root, next) = (square, (square + 1) / 2);
        while (next < root)
        {
            (root, next) = (next, (next + square / next) / 2);
        }

        return root;
    }

    private static int Permille(int perHour, int milliseconds, int count) =>
        (int)((long)perHour * milliseconds * 1000 / Hour / count);
}
