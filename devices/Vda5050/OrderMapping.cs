using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>How a vehicle wants its orders.</summary>
/// <param name="MapId">Its map of the floor.</param>
/// <param name="LoadHandlingDevice">Which of its devices picks and drops.</param>
/// <param name="LoadType">What it calls a tote.</param>
/// <param name="StationType">What it calls a place; empty for the place's own kind, <c>out</c> of <c>MAIN/A01/out1</c>.</param>
/// <param name="StartDeviationMillimetres">How far from the first node of an order it may stand, at least.</param>
/// <param name="Retriable">Whether a failed act waits for retry or skipRetry (3.0.0).</param>
public sealed record DriveStyle(
    string MapId, string LoadHandlingDevice, string LoadType = "tote", string StationType = "",
    int StartDeviationMillimetres = 0, bool Retriable = false);

/// <summary>Which part of a course an order message gives.</summary>
/// <param name="Name">The order.</param>
/// <param name="UpdateId">Its update, from 0.</param>
/// <param name="From">The first node of the message in the way: of an update, the last one of the base before it.</param>
/// <param name="ActsDone">Acts of that first node that are done and not asked for again, when the order is new.</param>
public readonly record struct OrderPart(OrderName Name, uint UpdateId, int From, int ActsDone = 0);

/// <summary>A course as VDA 5050 orders: nodes with even and edges with odd sequence ids, the base released. Pure.</summary>
public static class OrderMapping
{
    /// <summary>The widest deviation that is allowed at the first node, metres: a vehicle farther away is somewhere else.</summary>
    public const decimal WidestDeviation = 1m;

    /// <summary>The widest, metres, when the vehicle says that this node was its last: a cancel may have stopped it anywhere on the edge.</summary>
    public const decimal WidestDeviationAfter = 20m;

    /// <summary>The order without its header, which is added as it is sent. The same part of the same course is the same order each time.</summary>
    public static VdaOrder ToOrder(Course course, OrderPart part, DriveStyle style, VdaState? stands = null)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(style);
        var nodes = ImmutableArray.CreateBuilder<VdaNode>(course.Nodes.Length - part.From);
        var edges = ImmutableArray.CreateBuilder<VdaEdge>(course.Nodes.Length - part.From - 1);
        for (var i = part.From; i < course.Nodes.Length; i++)
        {
            var node = course.Nodes[i];
            var sequence = part.Name.Sequence(i);
            var acts = i == part.From ? node.Acts[part.ActsDone..] : node.Acts;
            var deviation = i == part.From && part.UpdateId == 0 ? Deviation(node.Point, style, stands) : null;
            nodes.Add(new VdaNode(
                node.Point.Node.Text, sequence, i < course.Released,
                new VdaNodePosition(node.Point.XMillimetres / 1000m, node.Point.YMillimetres / 1000m, style.MapId, deviation),
                [.. acts.Select(act => ToAction(act, course, style))]));
            if (i > part.From)
            {
                var (from, to) = (course.Nodes[i - 1].Point.Node.Text, node.Point.Node.Text);
                edges.Add(new VdaEdge($"{from}-{to}", sequence - 1, i < course.Released, [], from, to));
            }
        }

        return new VdaOrder(0, "", "", "", "", part.Name.ToString(), part.UpdateId, nodes.MoveToImmutable(), edges.MoveToImmutable());
    }

    /// <summary>The first node's deviation takes the vehicle in where it stands, and is never smaller than it was asked to be.</summary>
    private static decimal? Deviation(RoutePoint first, DriveStyle style, VdaState? state)
    {
        var asked = style.StartDeviationMillimetres / 1000m;
        if (state?.MobileRobotPosition is { Localized: true } stands && stands.MapId == style.MapId)
        {
            // The sum of both distances is never less than the straight one, and needs no root.
            var apart = Math.Abs(stands.X - (first.XMillimetres / 1000m)) + Math.Abs(stands.Y - (first.YMillimetres / 1000m));
            var widest = state.LastNodeId == first.Node.Text ? WidestDeviationAfter : WidestDeviation;
            asked = apart > 0 && apart < widest ? Math.Max(asked, Math.Round(apart + 0.05m, 3)) : asked;
        }

        return asked > 0 ? asked : null;
    }

    private static VdaAction ToAction(CourseAct act, Course course, DriveStyle style) => new(
        act.Action == LegAction.Pick ? "pick" : "drop", act.ActionId, VdaBlocking.Hard,
        [
            new("lhd", style.LoadHandlingDevice), new("stationType", StationTypeOf(act.Place.Text, style)),
            new("stationName", act.Place.Text), new("loadType", style.LoadType), new("loadId", course.LoadId),
        ],
        style.Retriable ? true : null);

    /// <summary>What kind of place it is: the last part of its id without its number, <c>out</c> of <c>MAIN/A01/out1</c>.</summary>
    private static string StationTypeOf(string place, DriveStyle style) => style.StationType.Length > 0
        ? style.StationType
        : place[(place.LastIndexOf('/') + 1)..].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}

/// <summary>The header of a message that we send: number, time, and to whom.</summary>
public readonly record struct VdaHeader(uint HeaderId, Moment At, VdaTopics Topics)
{
    /// <summary>The time as it stands in the message.</summary>
    public string Timestamp => At.ToString();

    /// <summary>An order under this header.</summary>
    public VdaOrder Head(VdaOrder order) => order with
    {
        HeaderId = HeaderId, Timestamp = Timestamp, Version = Topics.Version, Manufacturer = Topics.Manufacturer, SerialNumber = Topics.SerialNumber,
    };
}
