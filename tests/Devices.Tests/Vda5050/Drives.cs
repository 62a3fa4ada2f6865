using System.Collections.Immutable;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;

namespace Warehouse.Devices.Tests.Vda5050;

/// <summary>A mission to try with: fetch a tote from an out place, present it at a dock.</summary>
public static class Drives
{
    public static readonly MachineCommand.Drive Fetch = new(
        new("MAIN/M000042"), new("T000123"),
        [
            new Leg([Point("N1", 0), Point("N2", 1500), Point("N3", 3000)], LegAction.Pick, new("MAIN/A01/out1")),
            new Leg([Point("N3", 3000), Point("N4", 4500)], LegAction.Stand, new("MAIN/S1/dock01")),
        ]);

    /// <summary>The same tote, as a way of which the first half is released.</summary>
    public static readonly MachineCommand.Follow Way = new(
        new("MAIN/M000042"), new("T000123"), 0, 0,
        [
            new(Point("N1", 0)), new(Point("N2", 1500)), new(Point("N3", 3000), LegAction.Pick, new("MAIN/A01/out1")), new(Point("N4", 4500)),
        ], 2, Ends: true);

    public static RoutePoint Point(string node, int x) => new(new NodeId(node), x, 250);

    /// <summary>What a vehicle says that has come to this node of <see cref="Fetch"/>.</summary>
    public static VdaState At(uint sequence, VdaActionStatus pick, int second = 1, string order = "MAIN/M000042") => new(
        1, $"2026-03-02T06:00:{second:00}.000Z", "2.1.0", "virtual", "MAIN-V07", order, 0, $"N{(sequence / 2) + 1}", sequence,
        [.. Enumerable.Range(0, 4).Select(node => (uint)(node * 2)).Where(node => node > sequence).Select(node => new VdaNodeState($"N{(node / 2) + 1}", node, true))],
        [], true, [new VdaActionState("MAIN/M000042-0", pick, "pick")], new VdaPowerSupply(81.5m, false),
        OperatingMode.Automatic, [], new VdaSafetyState(VdaEStop.None, false),
        new VdaPosition(1.5m, 0.25m, 1.571m, "MAIN", true), [new VdaLoad("T000123")]);

    /// <summary>What a vehicle says that has nothing to do.</summary>
    public static VdaState Idle(int second = 0, params ImmutableArray<VdaError> errors) =>
        At(0, VdaActionStatus.Finished, second, order: "") with { NodeStates = [], ActionStates = [], Errors = errors };
}
