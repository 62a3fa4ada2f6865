using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>Values of a built-in type that is known only at run time.</summary>
internal static class BuiltIn
{
    public static object? Read(BinaryDecoder from, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => from.ReadBoolean(),
        BuiltInType.SByte => from.ReadSByte(),
        BuiltInType.Byte => from.ReadByte(),
        BuiltInType.Int16 => from.ReadInt16(),
        BuiltInType.UInt16 => from.ReadUInt16(),
        BuiltInType.Int32 => from.ReadInt32(),
        BuiltInType.UInt32 => from.ReadUInt32(),
        BuiltInType.Int64 => from.ReadInt64(),
        BuiltInType.UInt64 => from.ReadUInt64(),
        BuiltInType.Float => from.ReadFloat(),
        BuiltInType.Double => from.ReadDouble(),
        BuiltInType.String => from.ReadString(),
        BuiltInType.DateTime => from.ReadDateTime(),
        BuiltInType.Guid => from.ReadGuid(),
        BuiltInType.ByteString => from.ReadByteString(),
        BuiltInType.XmlElement => from.ReadXmlElement(),
        BuiltInType.NodeId => from.ReadNodeId(),
        BuiltInType.ExpandedNodeId => from.ReadExpandedNodeId(),
        BuiltInType.StatusCode => from.ReadStatusCode(),
        BuiltInType.QualifiedName => from.ReadQualifiedName(),
        BuiltInType.LocalizedText => from.ReadLocalizedText(),
        BuiltInType.ExtensionObject => from.ReadExtensionObject(),
        BuiltInType.DataValue => from.ReadDataValue(),
        BuiltInType.Variant => from.ReadVariant(),
        BuiltInType.DiagnosticInfo => from.ReadDiagnosticInfo(),
        BuiltInType.Null => null,
    };

    public static Array ReadArray(BinaryDecoder from, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => Codec<bool[]>.Read(from),
        BuiltInType.SByte => Codec<sbyte[]>.Read(from),
        BuiltInType.Byte => ReadBytes(from),
        BuiltInType.Int16 => Codec<short[]>.Read(from),
        BuiltInType.UInt16 => Codec<ushort[]>.Read(from),
        BuiltInType.Int32 => Codec<int[]>.Read(from),
        BuiltInType.UInt32 => Codec<uint[]>.Read(from),
        BuiltInType.Int64 => Codec<long[]>.Read(from),
        BuiltInType.UInt64 => Codec<ulong[]>.Read(from),
        BuiltInType.Float => Codec<float[]>.Read(from),
        BuiltInType.Double => Codec<double[]>.Read(from),
        BuiltInType.String => Codec<string[]>.Read(from),
        BuiltInType.DateTime => Codec<DateTime[]>.Read(from),
        BuiltInType.Guid => Codec<Guid[]>.Read(from),
        BuiltInType.ByteString => Codec<byte[][]>.Read(from),
        BuiltInType.XmlElement => Codec<XmlElement[]>.Read(from),
        BuiltInType.NodeId => Codec<NodeId[]>.Read(from),
        BuiltInType.ExpandedNodeId => Codec<ExpandedNodeId[]>.Read(from),
        BuiltInType.StatusCode => Codec<StatusCode[]>.Read(from),
        BuiltInType.QualifiedName => Codec<QualifiedName[]>.Read(from),
        BuiltInType.LocalizedText => Codec<LocalizedText[]>.Read(from),
        BuiltInType.ExtensionObject => Codec<ExtensionObject[]>.Read(from),
        BuiltInType.DataValue => Codec<DataValue[]>.Read(from),
        BuiltInType.Variant => Codec<Variant[]>.Read(from),
        BuiltInType.DiagnosticInfo => Codec<DiagnosticInfo[]>.Read(from),
        BuiltInType.Null => Array.Empty<Variant>(),
    };

    public static void Write(BinaryEncoder to, BuiltInType type, object value)
    {
        switch (type)
        {
            case BuiltInType.Boolean: to.WriteBoolean((bool)value); break;
            case BuiltInType.SByte: to.WriteSByte((sbyte)value); break;
            case BuiltInType.Byte: to.WriteByte((byte)value); break;
            case BuiltInType.Int16: to.WriteInt16((short)value); break;
            case BuiltInType.UInt16: to.WriteUInt16((ushort)value); break;
            case BuiltInType.Int32: to.WriteInt32((int)value); break;
            case BuiltInType.UInt32: to.WriteUInt32((uint)value); break;
            case BuiltInType.Int64: to.WriteInt64((long)value); break;
            case BuiltInType.UInt64: to.WriteUInt64((ulong)value); break;
            case BuiltInType.Float: to.WriteFloat((float)value); break;
            case BuiltInType.Double: to.WriteDouble((double)value); break;
            case BuiltInType.String: to.WriteString((string?)value); break;
            case BuiltInType.DateTime: to.WriteDateTime((DateTime)value); break;
            case BuiltInType.Guid: to.WriteGuid((Guid)value); break;
            case BuiltInType.ByteString: to.WriteByteString((byte[]?)value); break;
            case BuiltInType.XmlElement: to.WriteString(((XmlElement)value).Text); break;
            case BuiltInType.NodeId: to.WriteNodeId((NodeId)value); break;
            case BuiltInType.ExpandedNodeId: to.WriteExpandedNodeId((ExpandedNodeId)value); break;
            case BuiltInType.StatusCode: to.WriteStatusCode((StatusCode)value); break;
            case BuiltInType.QualifiedName: to.WriteQualifiedName((QualifiedName)value); break;
            case BuiltInType.LocalizedText: to.WriteLocalizedText((LocalizedText)value); break;
            case BuiltInType.ExtensionObject: to.WriteExtensionObject((ExtensionObject?)value); break;
            case BuiltInType.DataValue: to.WriteDataValue((DataValue?)value); break;
            case BuiltInType.Variant: to.WriteVariant((Variant)value); break;
            case BuiltInType.DiagnosticInfo: to.WriteDiagnosticInfo((DiagnosticInfo?)value); break;
            case BuiltInType.Null: break;
        }
    }

    public static void WriteArray(BinaryEncoder to, BuiltInType type, Array values)
    {
        to.WriteInt32(values.Length);
        if (values is int[] numbers)
        {
            foreach (var number in numbers)
            {
                to.WriteInt32(number);
            }

            return;
        }

        foreach (var value in values)
        {
            Write(to, type, value);
        }
    }

    private static byte[] ReadBytes(BinaryDecoder from)
    {
        var length = from.ReadArrayLength(1);
        var bytes = length <= 0 ? [] : new byte[length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = from.ReadByte();
        }

        return bytes;
    }
}
