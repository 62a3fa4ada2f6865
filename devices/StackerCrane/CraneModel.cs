using Warehouse.Devices.Links.OpcUa;

namespace Warehouse.Devices.StackerCrane;

/// <summary>What clients see of a crane that speaks as <see cref="CraneMapping"/> expects.</summary>
public static class CraneModel
{
    /// <summary>Its nodes.</summary>
    public static MachineModel Nodes { get; } = new()
    {
        JobMethods = JobReceiverMachine.Methods,
        Variables =
        [
            new(CraneMapping.Along, PlainType.Int32, "millimetres along the aisle"),
            new(CraneMapping.Up, PlainType.Int32, "millimetres up"),
            new(CraneMapping.State, PlainType.String, "what the crane does"),
            new(CraneMapping.OnForks, PlainType.String, "licence plate on the forks, empty for none"),
        ],
    };
}
