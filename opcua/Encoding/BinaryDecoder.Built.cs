using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

public sealed partial class BinaryDecoder
{
    /// <summary>Reads a NodeId in any of its encodings (5.2.2.9).</summary>
    public NodeId ReadNodeId()
    {
        var form = ReadByte();
        return (form & 0xC0) == 0 ? ReadNodeId(form) : throw Malformed("a NodeId has no URI and no server");
    }

    /// <summary>Reads an ExpandedNodeId (5.2.2.10).</summary>
    public ExpandedNodeId ReadExpandedNodeId()
    {
        var form = ReadByte();
        var id = ReadNodeId((byte)(form & 0x3F));
        var uri = (form & 0x80) != 0 ? ReadString() : null;
        var server = (form & 0x40) != 0 ? ReadUInt32() : 0;
        return new ExpandedNodeId(id, uri, server);
    }

    /// <summary>Reads a QualifiedName.</summary>
    public QualifiedName ReadQualifiedName() => new(ReadUInt16(), ReadString());

    /// <summary>Reads a LocalizedText (5.2.2.14).</summary>
    public LocalizedText ReadLocalizedText()
    {
        var mask = ReadByte();
        return new LocalizedText((mask & 1) != 0 ? ReadString() : null, (mask & 2) != 0 ? ReadString() : null);
    }

    /// <summary>Reads an XmlElement.</summary>
    public XmlElement ReadXmlElement() => new(ReadString() ?? string.Empty);

    /// <summary>Reads a DataValue (5.2.2.17).</summary>
    public DataValue ReadDataValue()
    {
        Enter();
        var mask = ReadByte();
        var value = (mask & 0x01) != 0 ? ReadVariant() : Variant.Null;
        var status = (mask & 0x02) != 0 ? ReadStatusCode() : StatusCodes.Good;
        DateTime? source = (mask & 0x04) != 0 ? ReadDateTime() : null;
        var sourcePicoseconds = (mask & 0x10) != 0 ? ReadUInt16() : (ushort)0;
        DateTime? server = (mask & 0x08) != 0 ? ReadDateTime() : null;
        var serverPicoseconds = (mask & 0x20) != 0 ? ReadUInt16() : (ushort)0;
        Leave();
        return new DataValue(value, status)
        {
            SourceTimestamp = source, SourcePicoseconds = sourcePicoseconds, ServerTimestamp = server, ServerPicoseconds = serverPicoseconds,
        };
    }

    /// <summary>Reads a DiagnosticInfo (5.2.2.12).</summary>
    public DiagnosticInfo ReadDiagnosticInfo()
    {
        Enter();
        var mask = ReadByte();
        var symbolic = (mask & 0x01) != 0 ? ReadInt32() : -1;
        var space = (mask & 0x02) != 0 ? ReadInt32() : -1;
        var locale = (mask & 0x08) != 0 ? ReadInt32() : -1;
        var text = (mask & 0x04) != 0 ? ReadInt32() : -1;
        var more = (mask & 0x10) != 0 ? ReadString() : null;
        var status = (mask & 0x20) != 0 ? ReadStatusCode() : StatusCodes.Good;
        var inner = (mask & 0x40) != 0 ? ReadDiagnosticInfo() : null;
        Leave();
        return new DiagnosticInfo(symbolic, space, locale, text, more, status, inner);
    }

    /// <summary>Reads an ExtensionObject (5.2.2.15). A body that no type here describes stays as its bytes.</summary>
    public ExtensionObject ReadExtensionObject()
    {
        Enter();
        var type = ReadNodeId();
        var form = ReadByte();
        object? body = form switch
        {
            0 => null,
            1 => ReadBody(type),
            2 => ReadXmlElement(),
            _ => throw Malformed("an ExtensionObject's body is none, bytes or XML"),
        };
        Leave();
        return new ExtensionObject(type, body);
    }

    /// <summary>Reads a Variant: one value, an array, or a matrix (5.2.2.16).</summary>
    public Variant ReadVariant()
    {
        var mask = ReadByte();
        var type = (BuiltInType)(mask & 0x3F);
        if (type > BuiltInType.DiagnosticInfo)
        {
            // Types 26 to 31 are held in reserve and are read as ByteStrings.
            type = (int)type <= 31 ? BuiltInType.ByteString : throw Malformed($"{(int)type} is no built-in type");
        }

        if (type == BuiltInType.Null)
        {
            return (mask & 0xC0) == 0 ? Variant.Null : throw Malformed("null has no elements");
        }

        Enter();
        var variant = (mask & 0x80) != 0 ? ReadArrayVariant(type, (mask & 0x40) != 0)
            : type is BuiltInType.Variant ? throw Malformed("a Variant holds Variants only in an array")
            : new Variant(type, BuiltIn.Read(this, type));
        Leave();
        return variant;
    }

    private Variant ReadArrayVariant(BuiltInType type, bool matrix)
    {
        var elements = BuiltIn.ReadArray(this, type);
        if (!matrix)
        {
            return new Variant(type, elements);
        }

        var dimensions = BuiltIn.ReadArray(this, BuiltInType.Int32) as int[] ?? [];
        long product = 1;
        foreach (var dimension in dimensions)
        {
            product = dimension >= 0 && product <= int.MaxValue ? product * dimension : throw Malformed("a matrix's dimensions are not its elements");
        }

        return product == elements.Length ? new Variant(type, elements, dimensions.Length > 1 ? dimensions : null)
            : throw Malformed("a matrix's dimensions are not its elements");
    }

    private NodeId ReadNodeId(byte form) => form switch
    {
        0 => new NodeId(ReadByte()),
        1 => new NodeId(ReadByte(), ReadUInt16()),
        2 => new NodeId(ReadUInt16(), ReadUInt32()),
        3 => new NodeId(ReadUInt16(), ReadString() ?? string.Empty),
        4 => new NodeId(ReadUInt16(), ReadGuid()),
        5 => new NodeId(ReadUInt16(), ReadByteString()),
        _ => throw Malformed($"{form} is no encoding of a NodeId"),
    };

    private object? ReadBody(NodeId type)
    {
        var length = Length(int.MaxValue, 1);
        if (length < 0)
        {
            return null;
        }

        if (type is { NamespaceIndex: 0, IdType: IdType.Numeric } && KnownTypes.ByEncoding(type.Numeric) is { } known)
        {
            // A later edition may have added fields at the end: the body's length says where it ends.
            return known.ReadBoxed(Slice(length));
        }

        return Types?.ByEncoding(type) is { } definition ? StructureCodec.Read(Slice(length), definition, Types) : Take(length).ToArray();
    }
}
