namespace Warehouse.OpcUa.Types;

/// <summary>The built-in types by their numbers (Part 6, 5.1.2).</summary>
public enum BuiltInType
{
    Null = 0, Boolean = 1, SByte = 2, Byte = 3, Int16 = 4, UInt16 = 5, Int32 = 6, UInt32 = 7, Int64 = 8, UInt64 = 9, Float = 10, Double = 11,
    String = 12, DateTime = 13, Guid = 14, ByteString = 15, XmlElement = 16, NodeId = 17, ExpandedNodeId = 18, StatusCode = 19,
    QualifiedName = 20, LocalizedText = 21, ExtensionObject = 22, DataValue = 23, Variant = 24, DiagnosticInfo = 25,
}

/// <summary>
/// A value of any built-in type, an array of it, or a matrix (Part 6, 5.2.2.16). A matrix keeps its elements in one array,
/// the last dimension running fastest, and its dimensions beside it.
/// </summary>
public readonly record struct Variant
{
    /// <summary>A value whose type says its built-in type.</summary>
    public Variant(object? value)
    {
        Value = value is Enum number ? Convert.ToInt32(number, null) : value;
        Type = value is null ? BuiltInType.Null : BuiltInTypes.Of(Value!.GetType());
        IsArray = Value is Array && Value is not byte[];
    }

    /// <summary>A value of a stated type; an array of bytes may be a ByteString or an array of Byte.</summary>
    public Variant(BuiltInType type, object? value, int[]? dimensions = null)
    {
        (Type, Value, Dimensions) = (value is null ? BuiltInType.Null : type, value, dimensions);
        IsArray = value is Array && !(value is byte[] && type == BuiltInType.ByteString);
    }

    /// <summary>Its type, or its elements'.</summary>
    public BuiltInType Type { get; }

    /// <summary>The value; null for the null variant.</summary>
    public object? Value { get; }

    /// <summary>Whether it is an array or a matrix.</summary>
    public bool IsArray { get; }

    /// <summary>A matrix's dimensions; null when it is none.</summary>
    public int[]? Dimensions { get; }

    /// <summary>The null variant.</summary>
    public static Variant Null => default;

    /// <inheritdoc/>
    public override string ToString() => Value is Array array ? $"{Type}[{array.Length}]" : Value?.ToString() ?? "null";
}

/// <summary>Between CLR types and built-in types.</summary>
public static class BuiltInTypes
{
    private static readonly (Type Clr, BuiltInType Type)[] s_table =
    [
        (typeof(bool), BuiltInType.Boolean), (typeof(sbyte), BuiltInType.SByte), (typeof(byte), BuiltInType.Byte), (typeof(short), BuiltInType.Int16),
        (typeof(ushort), BuiltInType.UInt16), (typeof(int), BuiltInType.Int32), (typeof(uint), BuiltInType.UInt32), (typeof(long), BuiltInType.Int64),
        (typeof(ulong), BuiltInType.UInt64), (typeof(float), BuiltInType.Float), (typeof(double), BuiltInType.Double), (typeof(string), BuiltInType.String),
        (typeof(DateTime), BuiltInType.DateTime), (typeof(Guid), BuiltInType.Guid), (typeof(byte[]), BuiltInType.ByteString),
        (typeof(XmlElement), BuiltInType.XmlElement), (typeof(NodeId), BuiltInType.NodeId), (typeof(ExpandedNodeId), BuiltInType.ExpandedNodeId),
        (typeof(StatusCode), BuiltInType.StatusCode), (typeof(QualifiedName), BuiltInType.QualifiedName),
        (typeof(LocalizedText), BuiltInType.LocalizedText), (typeof(ExtensionObject), BuiltInType.ExtensionObject),
        (typeof(DataValue), BuiltInType.DataValue), (typeof(Variant), BuiltInType.Variant), (typeof(DiagnosticInfo), BuiltInType.DiagnosticInfo),
    ];

    /// <summary>The built-in type of a CLR type or of its elements.</summary>
    public static BuiltInType Of(Type clr)
    {
        if (clr == typeof(byte[]))
        {
            return BuiltInType.ByteString;
        }

        foreach (var (type, builtIn) in s_table)
        {
            if (type == clr || (clr.IsArray && clr.GetElementType() == type))
            {
                return builtIn;
            }
        }

        throw new ArgumentException($"{clr} is no built-in type", nameof(clr));
    }

    /// <summary>The CLR type of a built-in type.</summary>
    public static Type ClrOf(BuiltInType type) => type == BuiltInType.Null ? typeof(object) : s_table[(int)type - 1].Clr;
}

/// <summary>A value with its quality and times (Part 6, 5.2.2.17).</summary>
public sealed record DataValue(Variant Value, StatusCode StatusCode = default)
{
    /// <summary>When the value was taken at its source, in UTC; null when not given.</summary>
    public DateTime? SourceTimestamp { get; init; }

    /// <summary>When the server last knew it to be so, in UTC; null when not given.</summary>
    public DateTime? ServerTimestamp { get; init; }

    /// <summary>Steps of 10 ps to add to the source's time.</summary>
    public ushort SourcePicoseconds { get; init; }

    /// <summary>Steps of 10 ps to add to the server's time.</summary>
    public ushort ServerPicoseconds { get; init; }

    /// <summary>No value but a status.</summary>
    public static DataValue Bad(StatusCode status) => new(Variant.Null, status);
}

/// <summary>
/// A structure in its wrapping (Part 6, 5.2.2.15): its body is a record known here, a <see cref="Encoding.Structure"/> known by its
/// definition, or the bytes or the XML of one that is not known.
/// </summary>
/// <param name="TypeId">The encoding's node; for a known record it follows from the body.</param>
/// <param name="Body">The structure; null for none.</param>
public sealed record ExtensionObject(ExpandedNodeId TypeId, object? Body)
{
    /// <summary>One that holds nothing.</summary>
    public static ExtensionObject Null { get; } = new(default(ExpandedNodeId), null);

    /// <summary>A record known here.</summary>
    public static ExtensionObject Of(object body) => new(new NodeId(Encoding.KnownTypes.EncodingOf(body.GetType())), body);
}
