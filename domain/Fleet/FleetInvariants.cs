using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Fleet;

/// <summary>
/// What must always hold of a floor. Each vehicle owns its base and nothing else; and the wait-for graph has no circle:
/// whoever waits, waits for a vehicle whose own next visit has a lower step, for one that is on its way through, or for
/// one that waits for nobody on this floor (it is silent, has strayed, stands by order or has nothing planned).
/// </summary>
internal static class FleetInvariants
{
    public static void Check(FleetState fleet)
    {
        var owned = 0;
        foreach (var (id, vehicle) in fleet.Vehicles)
        {
            foreach (var node in vehicle.Base)
            {
                owned++;
                if (!fleet.Owners.TryGetValue(node, out var owner) || owner != id)
                {
                    throw Broken(id, $"{node} is of its base and is {(owner.Text is null ? "nobody" : owner.Text)}'s");
                }
            }

            if (!vehicle.Horizon.IsEmpty)
            {
                Wait(fleet, id, vehicle.Horizon[0]);
            }
        }

        if (owned != fleet.Owners.Count)
        {
            throw Broken(fleet.Owners.Values.First(), $"{fleet.Owners.Count} nodes are owned, and bases have {owned}");
        }
    }

    /// <summary>The step is the rank: as every wait leads to a lower one, no circle can close.</summary>
    private static void Wait(FleetState fleet, VehicleId id, Visit next)
    {
        if (fleet.Owners.TryGetValue(next.Node, out var owner) && owner != id
            && fleet.Vehicles[owner] is { Horizon: [var leaves, ..] } there && there.End == next.Node && leaves.Step >= next.Step)
        {
            throw Broken(id, $"it waits for {owner} at {next.Node}, which leaves in step {leaves.Step} and not below {next.Step}");
        }

        if (!fleet.Turns.TryGetValue(next.Node, out var turns) || turns[0].Step > next.Step)
        {
            throw Broken(id, $"its visit to {next.Node} in step {next.Step} has no turn");
        }

        if (turns[0].Vehicle is var first && first != id && fleet.Vehicles[first].Horizon.IsEmpty)
        {
            throw Broken(id, $"it waits at {next.Node} for {first}, which has no visit ahead");
        }
    }

    private static BrokenInvariantException Broken(VehicleId vehicle, string what) => new("fleet", vehicle.Text, what);
}
