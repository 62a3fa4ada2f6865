using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

public sealed partial class BinaryEncoder
{
    /// <summary>Writes a NodeId in its shortest encoding (5.2.2.9).</summary>
    public void WriteNodeId(NodeId value) => WriteNodeId(value, 0);

    /// <summary>Writes an ExpandedNodeId (5.2.2.10).</summary>
    public void WriteExpandedNodeId(ExpandedNodeId value)
    {
        WriteNodeId(value.NodeId, (byte)((value.NamespaceUri is null ? 0 : 0x80) | (value.ServerIndex == 0 ? 0 : 0x40)));
        if (value.NamespaceUri is not null)
        {
            WriteString(value.NamespaceUri);
        }

        if (value.ServerIndex != 0)
        {
            WriteUInt32(value.ServerIndex);
        }
    }

    /// <summary>Writes a QualifiedName.</summary>
    public void WriteQualifiedName(QualifiedName value)
    {
        WriteUInt16(value.NamespaceIndex);
        WriteString(value.Name);
    }

    /// <summary>Writes a LocalizedText (5.2.2.14).</summary>
    public void WriteLocalizedText(LocalizedText value)
    {
        WriteByte((byte)((value.Locale is null ? 0 : 1) | (value.Text is null ? 0 : 2)));
        if (value.Locale is not null)
        {
            WriteString(value.Locale);
        }

        if (value.Text is not null)
        {
            WriteString(value.Text);
        }
    }

    /// <summary>Writes a DataValue (5.2.2.17).</summary>
    public void WriteDataValue(DataValue? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        var mask = (value.Value.Value is null ? 0 : 0x01) | (value.StatusCode.Code == 0 ? 0 : 0x02)
            | (value.SourceTimestamp is null ? 0 : 0x04) | (value.ServerTimestamp is null ? 0 : 0x08)
            | (value.SourcePicoseconds == 0 ? 0 : 0x10) | (value.ServerPicoseconds == 0 ? 0 : 0x20);
        WriteByte((byte)mask);
        When(mask & 0x01, () => WriteVariant(value.Value));
        When(mask & 0x02, () => WriteStatusCode(value.StatusCode));
        When(mask & 0x04, () => WriteDateTime(value.SourceTimestamp!.Value));
        When(mask & 0x10, () => WriteUInt16(value.SourcePicoseconds));
        When(mask & 0x08, () => WriteDateTime(value.ServerTimestamp!.Value));
        When(mask & 0x20, () => WriteUInt16(value.ServerPicoseconds));
    }

    /// <summary>Writes a DiagnosticInfo (5.2.2.12).</summary>
    public void WriteDiagnosticInfo(DiagnosticInfo? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        var mask = (value.SymbolicId < 0 ? 0 : 0x01) | (value.NamespaceUri < 0 ? 0 : 0x02) | (value.LocalizedText < 0 ? 0 : 0x04)
            | (value.Locale < 0 ? 0 : 0x08) | (value.AdditionalInfo is null ? 0 : 0x10) | (value.InnerStatusCode.Code == 0 ? 0 : 0x20)
            | (value.InnerDiagnosticInfo is null ? 0 : 0x40);
        WriteByte((byte)mask);
        When(mask & 0x01, () => WriteInt32(value.SymbolicId));
        When(mask & 0x02, () => WriteInt32(value.NamespaceUri));
        When(mask & 0x08, () => WriteInt32(value.Locale));
        When(mask & 0x04, () => WriteInt32(value.LocalizedText));
        When(mask & 0x10, () => WriteString(value.AdditionalInfo));
        When(mask & 0x20, () => WriteStatusCode(value.InnerStatusCode));
        When(mask & 0x40, () => WriteDiagnosticInfo(value.InnerDiagnosticInfo));
    }

    /// <summary>Writes an ExtensionObject (5.2.2.15).</summary>
    public void WriteExtensionObject(ExtensionObject? value)
    {
        switch (value?.Body)
        {
            case null:
                WriteNodeId(value?.TypeId.NodeId ?? default);
                WriteByte(0);
                return;
            case byte[] bytes:
                WriteNodeId(value.TypeId.NodeId);
                WriteByte(1);
                WriteByteString(bytes);
                return;
            case XmlElement xml:
                WriteNodeId(value.TypeId.NodeId);
                WriteByte(2);
                WriteString(xml.Text);
                return;
            case Structure structure:
                WriteNodeId(structure.Definition.EncodingId);
                WriteByte(1);
                WriteLengthAnd(() => StructureCodec.Write(this, structure));
                return;
            case { } known:
                var codec = KnownTypes.Of(known.GetType());
                WriteNodeId(new NodeId(codec.EncodingId));
                WriteByte(1);
                WriteLengthAnd(() => codec.WriteBoxed(this, known));
                return;
        }
    }

    /// <summary>Writes a Variant (5.2.2.16).</summary>
    public void WriteVariant(Variant value)
    {
        if (value.Value is null)
        {
            WriteByte(0);
            return;
        }

        if (!value.IsArray)
        {
            WriteByte((byte)value.Type);
            BuiltIn.Write(this, value.Type, value.Value);
            return;
        }

        WriteByte((byte)((int)value.Type | 0x80 | (value.Dimensions is null ? 0 : 0x40)));
        BuiltIn.WriteArray(this, value.Type, (Array)value.Value);
        if (value.Dimensions is not null)
        {
            BuiltIn.WriteArray(this, BuiltInType.Int32, value.Dimensions);
        }
    }

    private static void When(int bit, Action write)
    {
        if (bit != 0)
        {
            write();
        }
    }

    private void WriteNodeId(NodeId value, byte flags)
    {
        switch (value.IdType)
        {
            case IdType.Numeric when value is { NamespaceIndex: 0, Numeric: <= byte.MaxValue }:
                WriteByte(flags);
                WriteByte((byte)value.Numeric);
                break;
            case IdType.Numeric when value is { NamespaceIndex: <= byte.MaxValue, Numeric: <= ushort.MaxValue }:
                WriteByte((byte)(flags | 1));
                WriteByte((byte)value.NamespaceIndex);
                WriteUInt16((ushort)value.Numeric);
                break;
            case IdType.Numeric:
                WriteByte((byte)(flags | 2));
                WriteUInt16(value.NamespaceIndex);
                WriteUInt32(value.Numeric);
                break;
            case IdType.String:
                WriteByte((byte)(flags | 3));
                WriteUInt16(value.NamespaceIndex);
                WriteString(value.Text);
                break;
            case IdType.Guid:
                WriteByte((byte)(flags | 4));
                WriteUInt16(value.NamespaceIndex);
                WriteGuid(value.Guid);
                break;
            case IdType.Opaque:
                WriteByte((byte)(flags | 5));
                WriteUInt16(value.NamespaceIndex);
                WriteByteString(Convert.FromBase64String(value.Text ?? string.Empty));
                break;
        }
    }
}
