using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>Types of a served machine's variables and arguments (built-in types, OPC UA Part 6, 5.1.2).</summary>
public enum PlainType
{
    /// <summary>True or false.</summary>
    Boolean = 1,
    /// <summary>A whole number of 32 bits.</summary>
    Int32 = 6,
    /// <summary>A whole number of 32 bits, not negative.</summary>
    UInt32 = 7,
    /// <summary>A whole number of 64 bits.</summary>
    Int64 = 8,
    /// <summary>A floating number.</summary>
    Double = 11,
    /// <summary>A text.</summary>
    String = 12,
    /// <summary>A time in UTC.</summary>
    DateTime = 13,
    /// <summary>Bytes.</summary>
    ByteString = 15,
}

/// <summary>A variable of a machine.</summary>
/// <param name="Path">Browse names from the machine's object down; objects on the way are made.</param>
/// <param name="Type">What it holds.</param>
/// <param name="About">What it says, with its unit, for people.</param>
/// <param name="Writable">Whether clients may write it.</param>
/// <param name="LookedUp">Whether its value is asked of the machine when a client wants it, instead of being written.</param>
public sealed record ModelVariable(string Path, PlainType Type, string About = "", bool Writable = false, bool LookedUp = false);

/// <summary>An argument of a method.</summary>
public sealed record ModelArgument(string Name, PlainType Type);

/// <summary>A method of a machine.</summary>
/// <param name="Path">The object that has it; empty is the machine's own.</param>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">What it wants.</param>
/// <param name="Outputs">What it gives.</param>
public sealed record ModelMethod(string Path, string Name, ImmutableArray<ModelArgument> Inputs, ImmutableArray<ModelArgument> Outputs);

/// <summary>What clients see of a machine. Its events come from its object.</summary>
public sealed record MachineModel
{
    /// <summary>Its variables.</summary>
    public ImmutableArray<ModelVariable> Variables { get; init; } = [];

    /// <summary>Its methods.</summary>
    public ImmutableArray<ModelMethod> Methods { get; init; } = [];

    /// <summary>Its alarms by their names; the machine names them so in <see cref="ConditionState.ConditionId"/>.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>Methods of the job order receiver of OPC 10031-4 that it has at <see cref="JobControl.Receiver"/>; empty when it is none.</summary>
    public ImmutableArray<string> JobMethods { get; init; } = [];
}
