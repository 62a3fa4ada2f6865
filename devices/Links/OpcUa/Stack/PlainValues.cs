using System.Collections.Immutable;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>
/// Between the port's plain values and those of the wire. Pure. Texts in several languages lose theirs, node ids and
/// qualified names become texts, a matrix the row of its elements; the body of a structure whose type nobody knows is left out.
/// </summary>
internal static class PlainValues
{
    public static OpcUaStatus Status(StatusCode status) => (OpcUaStatus)(status.IsBad ? status.Code & 0xFFFF0000 : status.Code & 0xC0000000);

    public static NodeValue ToPlain(string path, DataValue value) => new(
        path, value.StatusCode.IsBad ? null : ToPlain(value.Value.Value), Status(value.StatusCode), value.SourceTimestamp ?? default);

    public static object? ToPlain(object? value) => value switch
    {
        null => null,
        bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or string or DateTime or Guid or byte[] => value,
        Variant variant => ToPlain(variant.Value),
        LocalizedText text => text.Text,
        StatusCode status => status.Code,
        XmlElement xml => xml.Text,
        DataValue inner => ToPlain(inner.Value.Value),
        ExtensionObject { Body: Structure structure } => ToPlain(structure),
        ExtensionObject { Body: null } => null,
        ExtensionObject unknown => new OpcUaStructure(unknown.TypeId.ToString(), []),
        Structure structure => ToPlain(structure),
        Array many => ToPlain(many),
        NodeId or ExpandedNodeId or QualifiedName => value.ToString(),
        _ => null,
    };

    private static OpcUaStructure ToPlain(Structure structure) => new(
        structure.Definition.Name,
        [.. structure.Definition.Fields.Where(field => structure[field.Name] is not null).Select(field => new OpcUaField(field.Name, ToPlain(structure[field.Name])))]);

    private static Array ToPlain(Array many)
    {
        if (many.GetType().GetElementType() is { IsPrimitive: true } || many is string[] or DateTime[] or Guid[])
        {
            return many;
        }

        var plain = new object?[many.Length];
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = ToPlain(many.GetValue(i));
        }

        return many switch
        {
            ExtensionObject[] or Structure[] => plain.OfType<OpcUaStructure>().ToArray(),
            LocalizedText[] or QualifiedName[] or NodeId[] or ExpandedNodeId[] or XmlElement[] => plain.Select(one => one as string).ToArray(),
            StatusCode[] => plain.Cast<uint>().ToArray(),
            _ => plain,
        };
    }

    /// <summary>A value as a data type wants it; null when it cannot be said so without loss.</summary>
    public static Variant? ToWire(object? value, NodeId dataType, TypeTable types)
    {
        switch (value)
        {
            case null:
                return Variant.Null;
            case OpcUaStructure one:
                return ToWire(one, dataType, types) is { } wrapped ? new Variant(wrapped) : null;
            case OpcUaStructure[] many:
                var all = many.Select(one => ToWire(one, dataType, types)).ToArray();
                return all.All(one => one is not null) ? new Variant(all.Select(one => one!).ToArray()) : null;
            default:
                return types.CarrierOf(dataType) is { } carrier ? Coercion.ToVariant(carrier, value) : null;
        }
    }

    private static ExtensionObject? ToWire(OpcUaStructure plain, NodeId dataType, TypeTable types) =>
        (types.ByType(dataType) ?? types.ByName(plain.Type)) is { } definition && ToWire(plain, definition, types) is { } structure
            ? new ExtensionObject(definition.EncodingId, structure) : null;

    private static Structure? ToWire(OpcUaStructure plain, TypeDefinition definition, TypeTable types)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in plain.Fields)
        {
            if (definition.Fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                return null;
            }

            fields[name] = ToWire(field, value, types);
            if (fields[name] is null && value is not null)
            {
                return null;
            }
        }

        return new Structure(definition, fields);
    }

    private static object? ToWire(FieldDefinition field, object? value, TypeTable types)
    {
        if (types.ByType(field.DataType) is not { } inner)
        {
            return ToWire(value, field.DataType, types) is { } variant ? variant.Value : null;
        }

        switch (value)
        {
            case OpcUaStructure one:
                return ToWire(one, inner, types);
            case OpcUaStructure[] many:
                var all = many.Select(one => ToWire(one, inner, types)).ToArray();
                return all.All(one => one is not null) ? all.Select(one => one!).ToArray() : null;
            default:
                return null;
        }
    }

    /// <summary>The bytes of an event's id.</summary>
    public static ImmutableArray<byte> Bytes(object? value) => value is byte[] bytes ? [.. bytes] : [];
}
