using System.Globalization;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>Brings plain values to the built-in type that a variable or an argument declares (Part 4, 7.41 lets a client be exact; people are not).</summary>
public static class Coercion
{
    /// <summary>The value as this type; null when it is null or cannot be said so without loss.</summary>
    public static object? To(BuiltInType type, object? value)
    {
        try
        {
            return value is null ? null : value is Variant variant && type != BuiltInType.Variant ? To(type, variant.Value) : Convert(type, value);
        }
        catch (Exception mismatch) when (mismatch is InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The default value of a type.</summary>
    public static object? DefaultOf(BuiltInType type) => type switch
    {
        BuiltInType.XmlElement => new XmlElement(string.Empty),
        BuiltInType.ExtensionObject => ExtensionObject.Null,
        BuiltInType.DataValue => new DataValue(Variant.Null),
        BuiltInType.DiagnosticInfo => new DiagnosticInfo(),
        _ => BuiltInTypes.ClrOf(type) is { IsValueType: true } clr ? Activator.CreateInstance(clr) : null,
    };

    /// <summary>A variant of this type, elements of arrays too; null when it cannot be.</summary>
    public static Variant? ToVariant(BuiltInType type, object? value)
    {
        if (value is Variant variant)
        {
            value = variant.Value;
        }

        if (value is null || type is BuiltInType.Variant or BuiltInType.Null)
        {
            return new Variant(value);
        }

        if (value is not Array array || (value is byte[] && type == BuiltInType.ByteString))
        {
            return To(type, value) is { } one ? new Variant(type, one) : null;
        }

        var elements = Array.CreateInstance(BuiltInTypes.ClrOf(type), array.Length);
        for (var i = 0; i < array.Length; i++)
        {
            var element = To(type, array.GetValue(i));
            if (element is null && array.GetValue(i) is not null)
            {
                return null;
            }

            elements.SetValue(element, i);
        }

        return new Variant(type, elements);
    }

    private static object? Convert(BuiltInType type, object value)
    {
        var culture = CultureInfo.InvariantCulture;
        if (BuiltInTypes.ClrOf(type).IsInstanceOfType(value))
        {
            return value;
        }

        return type switch
        {
            BuiltInType.Boolean => System.Convert.ToBoolean(value, culture),
            BuiltInType.SByte => System.Convert.ToSByte(value, culture),
            BuiltInType.Byte => System.Convert.ToByte(value, culture),
            BuiltInType.Int16 => System.Convert.ToInt16(value, culture),
            BuiltInType.UInt16 => System.Convert.ToUInt16(value, culture),
            BuiltInType.Int32 => System.Convert.ToInt32(value, culture),
            BuiltInType.UInt32 => System.Convert.ToUInt32(value, culture),
            BuiltInType.Int64 => System.Convert.ToInt64(value, culture),
            BuiltInType.UInt64 => System.Convert.ToUInt64(value, culture),
            BuiltInType.Float => System.Convert.ToSingle(value, culture),
            BuiltInType.Double => System.Convert.ToDouble(value, culture),
            BuiltInType.String => value is IFormattable plain ? plain.ToString(null, culture) : value.ToString(),
            BuiltInType.DateTime when value is DateTimeOffset time => time.UtcDateTime,
            BuiltInType.LocalizedText => new LocalizedText(value as string ?? value.ToString()),
            BuiltInType.QualifiedName when value is string name => QualifiedName.Parse(name),
            BuiltInType.NodeId when value is string id => NodeId.Parse(id),
            BuiltInType.NodeId when value is ExpandedNodeId id => id.NodeId,
            BuiltInType.ExpandedNodeId when value is NodeId id => new ExpandedNodeId(id),
            BuiltInType.StatusCode when value is uint code => new StatusCode(code),
            BuiltInType.ExtensionObject when value is Structure structure => new ExtensionObject(structure.Definition.EncodingId, structure),
            BuiltInType.Variant => new Variant(value),
            _ => null,
        };
    }
}
