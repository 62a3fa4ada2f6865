namespace Warehouse.Grains;

/// <summary>A grain whose waiting calls are counted, on its own scheduler.</summary>
public interface ICountCalls
{
    /// <summary>Commands that are in the grain and not answered yet.</summary>
    int Waiting { get; set; }
}
