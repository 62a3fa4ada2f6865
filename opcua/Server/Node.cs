using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>A reference from one node to another.</summary>
public readonly record struct Reference(NodeId ReferenceType, bool IsForward, NodeId Target);

/// <summary>
/// A node of the address space (Part 3, 5). One class for all node classes: an attribute that a class lacks is refused on
/// reading. Change values by <see cref="AddressSpace"/>, which tells those who watch.
/// </summary>
public sealed class Node(NodeId id, NodeClass nodeClass, QualifiedName browseName)
{
    private readonly List<Reference> _references = [];

    /// <summary>Its name at the server.</summary>
    public NodeId NodeId => id;

    /// <summary>Its kind.</summary>
    public NodeClass NodeClass => nodeClass;

    /// <summary>Its name in paths.</summary>
    public QualifiedName BrowseName => browseName;

    /// <summary>Its name for people.</summary>
    public LocalizedText DisplayName { get; set; } = new(browseName.Name);

    /// <summary>What it is.</summary>
    public LocalizedText Description { get; set; }

    /// <summary>Data type of a variable or variable type.</summary>
    public NodeId DataType { get; set; } = new(24);

    /// <summary>-1 a value, 1 an array, more a matrix (Part 3, 5.6.2).</summary>
    public int ValueRank { get; set; } = -1;

    /// <summary>Lengths of its dimensions; 0 is any.</summary>
    public uint[]? ArrayDimensions { get; set; }

    /// <summary>Bit 0 may be read, bit 1 may be written.</summary>
    public byte AccessLevel { get; set; } = 1;

    /// <summary>Bit 0: its events may be subscribed.</summary>
    public byte EventNotifier { get; set; }

    /// <summary>Whether no instance may be of exactly this type.</summary>
    public bool IsAbstract { get; set; }

    /// <summary>Whether a reference type means the same both ways.</summary>
    public bool Symmetric { get; set; }

    /// <summary>A reference type's name from the other end.</summary>
    public LocalizedText InverseName { get; set; }

    /// <summary>A StructureDefinition or an EnumDefinition of a data type.</summary>
    public object? DataTypeDefinition { get; set; }

    /// <summary>The value that is there.</summary>
    internal DataValue Stored { get; set; } = DataValue.Bad(StatusCodes.BadWaitingForInitialData);

    /// <summary>Gives the value when it is asked for, instead of the stored one.</summary>
    internal Func<DataValue>? OnRead { get; set; }

    /// <summary>Decides on a client's write; null stores it.</summary>
    internal Func<DataValue, StatusCode>? OnWrite { get; set; }

    /// <summary>Runs a method.</summary>
    internal MethodHandler? OnCall { get; set; }

    /// <summary>Who watches its value, or its events.</summary>
    internal List<ServerMonitoredItem> Watchers { get; } = [];

    /// <summary>References from here, both ways.</summary>
    public IReadOnlyList<Reference> References => _references;

    /// <summary>The value now.</summary>
    public DataValue Value => OnRead?.Invoke() ?? Stored;

    /// <summary>It has no value yet (BadWaitingForInitialData).</summary>
    public void Unset() => Stored = DataValue.Bad(StatusCodes.BadWaitingForInitialData);

    internal void Add(Reference reference)
    {
        if (!_references.Contains(reference))
        {
            _references.Add(reference);
        }
    }
}

/// <summary>Runs a method with checked inputs.</summary>
/// <param name="call">Who calls what with which arguments.</param>
public delegate Services.CallMethodResult MethodHandler(MethodCall call);

/// <summary>A method's call.</summary>
/// <param name="Session">The session that calls.</param>
/// <param name="Object">On which object.</param>
/// <param name="Inputs">The arguments.</param>
public sealed record MethodCall(ServerSession Session, Node Object, Variant[] Inputs);
