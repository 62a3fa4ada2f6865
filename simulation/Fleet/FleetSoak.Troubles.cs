using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;

namespace Warehouse.Simulation.Fleet;

public sealed partial class FleetSoak
{
    private const string Zone = "aisle";
    private const int ZoneMillimetres = 6000;

    private readonly Queue<(Command Command, long Due)> wakes = new();
    private readonly SortedDictionary<int, bool> silent = [];

    /// <summary>What may befall a vehicle in a tick; and the end of what has.</summary>
    private void GoWrong(SoakVehicle vehicle)
    {
        while (wakes.TryPeek(out var wake) && wake.Due <= tick)
        {
            wakes.Dequeue();
            Do(wake.Command);
        }

        if (silent.Count > 0 && silent.TryGetValue(vehicle.Number, out var carried) && (tick >= vehicle.BrokenUntil || carried))
        {
            Mend(vehicle, carried);
        }
        else if (tick < vehicle.BrokenUntil)
        {
            return;
        }
        else if (chance.Hits(trouble.Breakdown))
        {
            troubles++;
            vehicle.BrokenUntil = tick + 1 + chance.Below(trouble.TroubleTicks);
            silent[vehicle.Number] = false;
            Do(new FleetCommand.Lose(vehicle.Id));
        }
        else if (chance.Hits(trouble.Reboot))
        {
            troubles++;
            vehicle.Forget();
        }
        else if (vehicle.Standing && chance.Hits(trouble.Carried) && Elsewhere() is { } place)
        {
            troubles++;
            vehicle.SetDown(place, vehicle.Reached);
            checker.Put(vehicle.Number, Place(place), first: false);
            vehicle.BrokenUntil = long.MaxValue;
            carriedUntil[vehicle.Number] = tick + chance.Below(options.TroubleTicks);
            silent[vehicle.Number] = true;
            Do(new FleetCommand.Report(vehicle.Id, place, vehicle.Reached));
        }
    }

    private readonly SortedDictionary<int, long> carriedUntil = [];

    /// <summary>A broken vehicle is heard again; one that was carried waits for a person to say where it stands. Some broken ones are carried too.</summary>
    private void Mend(SoakVehicle vehicle, bool carried)
    {
        if (carried && tick < carriedUntil[vehicle.Number])
        {
            return;
        }

        if (carried || (vehicle.Standing && chance.Below(4) == 0))
        {
            var place = carried || Elsewhere() is not { } other ? vehicle.At : other;
            var answer = Do(new FleetCommand.ConfirmPosition(vehicle.Id, place, Person));
            if (!answer.Accepted)
            {
                return; // somebody is coming there: the person waits
            }

            vehicle.SetDown(place, fleet.Vehicles[vehicle.Id].Reached);
            checker.Put(vehicle.Number, Place(place), first: false);
        }

        silent.Remove(vehicle.Number);
        vehicle.BrokenUntil = tick;
    }

    /// <summary>A node that is nobody's, where a person may set a vehicle down.</summary>
    private NodeId? Elsewhere()
    {
        var node = nodes[chance.Below(nodes.Length)];
        return fleet.Owners.ContainsKey(node) || fleet.Blocked.Contains(node) || vehicles.Any(vehicle => vehicle.At == node) ? null : node;
    }

    private void StopAndRelease()
    {
        if (fleet.Stopped.IsEmpty && trouble.Stop > 0 && chance.Hits(trouble.Stop))
        {
            troubles++;
            var corner = fleet.Graph.Nodes[chance.Below(nodes.Length)].Point;
            zoneUntil = tick + chance.Below(options.TroubleTicks);
            var area = new FloorArea(corner.XMillimetres, corner.YMillimetres, ZoneMillimetres, ZoneMillimetres);
            Do(new FleetCommand.StopZone(new(Zone, FloorZoneKind.People, area), Person));
        }
        else if (!fleet.Stopped.IsEmpty && tick >= zoneUntil)
        {
            Do(new FleetCommand.ReleaseZone(Zone, Person, FleetDecider.MoveFirst(fleet, Zone)));
        }
    }
}
