namespace Warehouse.Domain.Fleet.Planning;

/// <content>
/// The improver, a large-neighbourhood search over the plan that stands: a vehicle that does not hold its best operation
/// tries better ones, displacing others of whatever priority, and the chain is kept when the fleet as a whole gains
/// (progress weighed by priority).
/// </content>
public sealed partial class FleetPlanner
{
    private const int ImproverDisplacements = 100;

    private readonly int[] improvable;
    private PlanDraw draw;

    private void Improve(int tries)
    {
        mustGain = true;
        displacementsMost = ImproverDisplacements;
        var count = 0;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            if (count == 0 || attempt % vehicles == 0)
            {
                count = CollectImprovable();
                if (count == 0)
                {
                    return;
                }
            }

            var at = draw.Below(count);
            var vehicle = improvable[at];
            if (cost[vehicle] <= CostOfKey(Keys(vehicle)[0]))
            {
                improvable[at] = improvable[--count];
                continue;
            }

            turn++;
            displacements = 0;
            gain = 0;
            Vacate(vehicle);
            if (Displace(vehicle, 0, cost[vehicle]) != Outcome.Taken)
            {
                Occupy(vehicle);
            }
        }
    }

    private int CollectImprovable()
    {
        var count = 0;
        for (var vehicle = 0; vehicle < vehicles; vehicle++)
        {
            if (cost[vehicle] > CostOfKey(Keys(vehicle)[0]))
            {
                improvable[count++] = vehicle;
            }
        }

        return count;
    }
}
