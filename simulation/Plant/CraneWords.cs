namespace Warehouse.Simulation.Plant;

/// <summary>The parameters of a crane's job order.</summary>
internal static class CraneWords
{
    public const string From = "from";
    public const string To = "to";
    public const string Load = "load";
}
