using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>How a vehicle wants its orders.</summary>
/// <param name="MapId">Its map of the floor.</param>
/// <param name="LoadHandlingDevice">Which of its devices picks and drops.</param>
public sealed record DriveStyle(string MapId, string LoadHandlingDevice);

/// <summary>Where a leg ends in an order.</summary>
/// <param name="SequenceId">Of its last node.</param>
/// <param name="ActionId">What is done there; null when the vehicle only stands.</param>
public readonly record struct LegEnd(uint SequenceId, string? ActionId);

/// <summary>
/// A mission as one VDA 5050 order, all of it released: the legs' nodes one after another, a node on which one leg ends
/// and the next begins only once; what a leg does, at its last node. Pure.
/// </summary>
public static class DriveMapping
{
    private const string Pick = "pick";
    private const string Drop = "drop";

    /// <summary>The order. The same drive gives the same order each time, but for its header.</summary>
    public static VdaOrder ToOrder(MachineCommand.Drive drive, DriveStyle style, VdaHeader header)
    {
        var (points, ends) = Walk(drive);
        var nodes = ImmutableArray.CreateBuilder<VdaNode>(points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            var point = points[i];
            nodes.Add(new VdaNode(
                point.Node.Text, SequenceOfNode(i), true,
                new VdaNodePosition(point.XMillimetres / 1000m, point.YMillimetres / 1000m, style.MapId),
                ActionsAt(drive, ends, SequenceOfNode(i), style)));
        }

        var edges = ImmutableArray.CreateBuilder<VdaEdge>(points.Length - 1);
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1].Node.Text, points[i].Node.Text);
            edges.Add(new VdaEdge($"{from}-{to}", SequenceOfNode(i) - 1, true, from, to, []));
        }

        return new VdaOrder(
            header.HeaderId, header.Timestamp, VdaTopics.Version, header.Topics.Manufacturer, header.Topics.SerialNumber,
            drive.Mission.Text, 0, nodes.MoveToImmutable(), edges.MoveToImmutable());
    }

    /// <summary>Where each leg ends, in order.</summary>
    public static ImmutableArray<LegEnd> LegEnds(MachineCommand.Drive drive) => Walk(drive).Ends;

    private static uint SequenceOfNode(int index) => checked((uint)(2 * index));

    private static (ImmutableArray<RoutePoint> Points, ImmutableArray<LegEnd> Ends) Walk(MachineCommand.Drive drive)
    {
        var points = ImmutableArray.CreateBuilder<RoutePoint>();
        var ends = ImmutableArray.CreateBuilder<LegEnd>(drive.Legs.Length);
        for (var leg = 0; leg < drive.Legs.Length; leg++)
        {
            foreach (var point in drive.Legs[leg].Nodes)
            {
                if (points.Count == 0 || points[^1].Node != point.Node)
                {
                    points.Add(point);
                }
            }

            var action = drive.Legs[leg].Action == LegAction.Stand
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{drive.Mission}-{leg}");
            ends.Add(new LegEnd(SequenceOfNode(points.Count - 1), action));
        }

        return (points.ToImmutable(), ends.MoveToImmutable());
    }

    private static ImmutableArray<VdaAction> ActionsAt(
        MachineCommand.Drive drive, ImmutableArray<LegEnd> ends, uint sequence, DriveStyle style)
    {
        var actions = ImmutableArray.CreateBuilder<VdaAction>();
        for (var leg = 0; leg < ends.Length; leg++)
        {
            if (ends[leg].SequenceId == sequence && ends[leg].ActionId is { } id)
            {
                actions.Add(new VdaAction(
                    drive.Legs[leg].Action == LegAction.Pick ? Pick : Drop, id, VdaBlocking.Hard,
                    [
                        new("lhd", style.LoadHandlingDevice), new("stationType", StationTypeOf(drive.Legs[leg].Place.Text)),
                        new("stationName", drive.Legs[leg].Place.Text), new("loadType", "tote"),
                        new("loadId", drive.Lpn?.Text ?? ""),
                    ]));
            }
        }

        return actions.ToImmutable();
    }

    /// <summary>What kind of place it is: the last part of its id without its number, <c>out</c> of <c>MAIN/A01/out1</c>.</summary>
    private static string StationTypeOf(string place) =>
        place[(place.LastIndexOf('/') + 1)..].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
