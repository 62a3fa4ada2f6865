namespace Warehouse.Domain.Fleet.Planning;

/// <summary>The planner's own chance: SplitMix64 (Steele, Lea, Flood 2014) from a seed, the same on every machine.</summary>
internal struct PlanDraw(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to one below the bound.</summary>
    public int Below(int bound)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(((mixed ^ (mixed >> 31)) >> 32) * (ulong)bound >> 32);
        }
    }
}
