using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>How a structure is laid out (StructureType, Part 3, 8.49).</summary>
public enum StructureType
{
    /// <summary>Every field is there.</summary>
    Structure = 0,
    /// <summary>A mask says which of the optional fields are there.</summary>
    StructureWithOptionalFields = 1,
    /// <summary>One of the fields is there, or none.</summary>
    Union = 2,
    /// <summary>As Structure; fields may hold subtypes.</summary>
    StructureWithSubtypedValues = 3,
    /// <summary>As Union; fields may hold subtypes.</summary>
    UnionWithSubtypedValues = 4,
}

/// <summary>A field of a definition.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its data type.</param>
/// <param name="IsArray">Whether it holds an array.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
public sealed record FieldDefinition(string Name, NodeId DataType, bool IsArray = false, bool IsOptional = false);

/// <summary>The definition of a structure, as a server or a NodeSet2 file gives it.</summary>
/// <param name="Name">Browse name of the data type.</param>
/// <param name="DataType">The data type's node.</param>
/// <param name="EncodingId">Its Default Binary encoding's node.</param>
/// <param name="Type">How it is laid out.</param>
/// <param name="Fields">Its fields, inherited ones first.</param>
public sealed record TypeDefinition(string Name, NodeId DataType, NodeId EncodingId, StructureType Type, IReadOnlyList<FieldDefinition> Fields);

/// <summary>A structure whose type is known by definition only. A field that is not set is left out if it may be, else its default.</summary>
/// <param name="Definition">Its type.</param>
/// <param name="Fields">Values by field name: built-in values, Structures, or arrays of these.</param>
public sealed record Structure(TypeDefinition Definition, IReadOnlyDictionary<string, object?> Fields)
{
    /// <summary>The value of a field; null when it is not set.</summary>
    public object? this[string name] => Fields.GetValueOrDefault(name);
}

/// <summary>
/// What data types are, by their nodes: structures by definition, and for every other which built-in type carries it
/// (Part 6, 5.2.4 writes enumerations as Int32).
/// </summary>
public sealed class TypeTable
{
    private readonly Dictionary<NodeId, TypeDefinition> _byType = [];
    private readonly Dictionary<NodeId, TypeDefinition> _byEncoding = [];
    private readonly Dictionary<NodeId, BuiltInType> _carriers = [];

    /// <summary>Of the standard's own simple types.</summary>
    public TypeTable()
    {
        for (uint id = 1; id <= 25; id++)
        {
            _carriers[new NodeId(id)] = (BuiltInType)id;
        }

        foreach (var (id, carrier) in new[]
        {
            (290u, BuiltInType.Double), (291u, BuiltInType.Double), (294u, BuiltInType.DateTime), (295u, BuiltInType.String), (26u, BuiltInType.Variant),
            (27u, BuiltInType.Variant), (28u, BuiltInType.Variant), (29u, BuiltInType.Int32), (30u, BuiltInType.ByteString), (288u, BuiltInType.UInt32),
            (289u, BuiltInType.UInt32), (388u, BuiltInType.NodeId), (12877u, BuiltInType.String), (12878u, BuiltInType.String),
            (12879u, BuiltInType.DateTime), (12880u, BuiltInType.DateTime), (12881u, BuiltInType.DateTime), (23751u, BuiltInType.String),
            (12755u, BuiltInType.Int32), (256u, BuiltInType.Int32), (257u, BuiltInType.Int32), (852u, BuiltInType.Int32), (20998u, BuiltInType.UInt64),
        })
        {
            _carriers[new NodeId(id)] = carrier;
        }
    }

    /// <summary>Adds a structure, or replaces it.</summary>
    public void Add(TypeDefinition definition)
    {
        _byType[definition.DataType] = definition;
        _byEncoding[definition.EncodingId] = definition;
    }

    /// <summary>Adds a type that a built-in type carries: an enumeration (Int32), or a subtype of one.</summary>
    public void AddCarrier(NodeId dataType, BuiltInType carrier) => _carriers[dataType] = carrier;

    /// <summary>The structure of a data type; null when there is none.</summary>
    public TypeDefinition? ByType(NodeId dataType) => _byType.GetValueOrDefault(dataType);

    /// <summary>The structure of an encoding; null when there is none.</summary>
    public TypeDefinition? ByEncoding(NodeId encoding) => _byEncoding.GetValueOrDefault(encoding);

    /// <summary>The structure by its browse name; null when there is none.</summary>
    public TypeDefinition? ByName(string name) => _byType.Values.FirstOrDefault(type => type.Name == name);

    /// <summary>The built-in type that carries a data type; null for a structure and for what is not known.</summary>
    public BuiltInType? CarrierOf(NodeId dataType) => _carriers.TryGetValue(dataType, out var carrier) ? carrier : null;
}
