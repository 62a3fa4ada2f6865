namespace Warehouse.Domain.Layout;

/// <summary>What may be wrong with a floor, in the order in which it is looked at.</summary>
public enum LayoutRule
{
    /// <summary>Longer, deeper or with more entries than is read.</summary>
    TooLarge,
    /// <summary>Not JSON, or a value is not what its place asks for.</summary>
    Malformed,
    /// <summary>A value that must be there is not.</summary>
    Missing,
    /// <summary>An id with other characters than A-Z a-z 0-9 . _ - or too long a one.</summary>
    IllegalId,
    /// <summary>Two things of one kind have the same id.</summary>
    DuplicateId,
    /// <summary>An edge or a station names a node that is not there.</summary>
    UnknownNode,
    /// <summary>An edge begins and ends at one node.</summary>
    EdgeToItself,
    /// <summary>An edge is shorter than a vehicle: who stands at one end reaches over the other.</summary>
    EdgeTooShort,
    /// <summary>An edge is narrower than a vehicle.</summary>
    EdgeTooNarrow,
    /// <summary>Two nodes lie closer together than a vehicle is long.</summary>
    NodesTooClose,
    /// <summary>A way passes a node that is not its own so closely that it touches who stands there.</summary>
    NodeInTheWay,
    /// <summary>Two ways cross where there is no node: nothing would keep two vehicles apart.</summary>
    WaysCross,
    /// <summary>A node has more ways out than can be planned.</summary>
    TooManyWaysOut,
    /// <summary>A vehicle that is there can never leave.</summary>
    NoWayOut,
    /// <summary>No vehicle can ever come there.</summary>
    NoWayIn,
    /// <summary>A station without nodes, or one that cannot be reached from where vehicles are and left again.</summary>
    UnreachableStation,
    /// <summary>The floor falls into parts between which there is no way there and back.</summary>
    FallsApart,
}

/// <summary>Something wrong with a floor.</summary>
/// <param name="Rule">What.</param>
/// <param name="Where">In a file the path, <c>layouts[0].nodes[3].nodePosition.x</c>; otherwise the node, edge or station.</param>
/// <param name="Reason">A sentence for a person.</param>
public sealed record LayoutFinding(LayoutRule Rule, string Where, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Reason}";
}
