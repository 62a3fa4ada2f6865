namespace Warehouse.Domain.Layout;

/// <summary>Why a floor file is refused, in the order in which it is looked at.</summary>
public enum LayoutFaultKind
{
    /// <summary>Longer, wider or with more entries than the reader takes.</summary>
    TooLarge,
    /// <summary>A line or value is not there.</summary>
    Missing,
    /// <summary>A line or value is not what its place asks for.</summary>
    Malformed,
    /// <summary>A cell outside the map, or one where no vehicle can stand.</summary>
    NotACell,
    /// <summary>Two vehicles in one cell.</summary>
    Occupied,
}

/// <summary>What is wrong with a floor file, and where.</summary>
/// <param name="Kind">The cause.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1; 0 when it is the line as a whole.</param>
/// <param name="Reason">A sentence for a person.</param>
public sealed record LayoutFault(LayoutFaultKind Kind, int Line, int Column, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, column {Column}: {Reason}";
}
