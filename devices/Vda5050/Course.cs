using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;

namespace Warehouse.Devices.Vda5050;

/// <summary>Something to do at a node.</summary>
/// <param name="ActionId">Under which the vehicle knows it; the same in every order of the mission, so nothing is done twice.</param>
/// <param name="Action">What.</param>
/// <param name="Place">Where from or where to.</param>
public readonly record struct CourseAct(string ActionId, LegAction Action, PlaceId Place);

/// <summary>A node and what to do there, in order.</summary>
public sealed record CourseNode(RoutePoint Point, ImmutableArray<CourseAct> Acts);

/// <summary>
/// What a mission asks of a vehicle, whichever command brought it: the legs' nodes one after another, a node on which
/// one leg ends and the next begins only once, or the nodes of a way. Pure.
/// </summary>
/// <param name="Mission">Whose it is.</param>
/// <param name="LoadId">The tote it is about; empty when there is none.</param>
/// <param name="Nodes">The whole way.</param>
/// <param name="Released">How many of them are base.</param>
/// <param name="Ends">Whether the mission is done at the last one.</param>
/// <param name="Update">Which update of the mission this is; a drive has none.</param>
/// <param name="LegEnds">For a drive: the last node of each leg. Empty for a way.</param>
public sealed record Course(
    MissionId Mission, string LoadId, ImmutableArray<CourseNode> Nodes, int Released, bool Ends, int Update,
    ImmutableArray<int> LegEnds)
{
    /// <summary>The course of a command; null when it does not lead a vehicle anywhere.</summary>
    public static Course? Of(MachineCommand command) => command switch
    {
        MachineCommand.Drive { Legs.IsDefaultOrEmpty: false } drive when drive.Legs.All(leg => !leg.Nodes.IsDefaultOrEmpty) => Of(drive),
        MachineCommand.Follow { Way.IsDefaultOrEmpty: false } follow => Of(follow),
        _ => null,
    };

    /// <summary>Every act of the way, in order.</summary>
    public IEnumerable<CourseAct> Acts => Nodes.SelectMany(node => node.Acts);

    /// <summary>How many acts there are up to and with a node.</summary>
    public int ActsThrough(int node) => Nodes.Take(node + 1).Sum(one => one.Acts.Length);

    private static Course Of(MachineCommand.Drive drive)
    {
        var points = ImmutableArray.CreateBuilder<RoutePoint>();
        var ends = ImmutableArray.CreateBuilder<int>(drive.Legs.Length);
        foreach (var leg in drive.Legs)
        {
            foreach (var point in leg.Nodes)
            {
                if (points.Count == 0 || points[^1].Node != point.Node)
                {
                    points.Add(point);
                }
            }

            ends.Add(points.Count - 1);
        }

        var nodes = points.Select((point, index) => new CourseNode(
            point,
            [
                .. drive.Legs.Select((leg, number) => (Leg: leg, Number: number))
                    .Where(one => ends[one.Number] == index && one.Leg.Action != LegAction.Stand)
                    .Select(one => new CourseAct(Name(drive.Mission, one.Number), one.Leg.Action, one.Leg.Place)),
            ]));
        return new(drive.Mission, drive.Lpn?.Text ?? "", [.. nodes], points.Count, Ends: true, 0, ends.MoveToImmutable());
    }

    private static Course Of(MachineCommand.Follow follow) => new(
        follow.Mission, follow.Lpn?.Text ?? "",
        [
            .. follow.Way.Select((point, index) => new CourseNode(
                point.Point,
                point.Action == LegAction.Stand ? [] : [new CourseAct(Name(follow.Mission, index), point.Action, point.Place!.Value)])),
        ],
        follow.Released, follow.Ends, follow.Update, []);

    private static string Name(MissionId mission, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{mission}-{number}");
}
