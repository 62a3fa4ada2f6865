using System.Globalization;
using System.Xml.Linq;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Values as they stand in a node set (UA XML, Part 6, 5.3): simple ones, their lists, and arguments. Others are left out.</summary>
internal sealed class NodeSetValues(Func<string, NodeId> id, Func<string, QualifiedName> name)
{
    private static readonly XNamespace s_types = "http://opcfoundation.org/UA/2008/02/Types.xsd";

    public Variant? Read(XElement value)
    {
        var kind = value.Name.LocalName;
        if (kind == "ListOfExtensionObject")
        {
            var objects = value.Elements().Select(Known).ToArray();
            return objects.All(one => one is not null) ? new Variant(objects.Select(one => one!).ToArray()) : null;
        }

        if (kind == "ExtensionObject")
        {
            return Known(value) is { } known ? new Variant(known) : null;
        }

        if (kind.StartsWith("ListOf", StringComparison.Ordinal))
        {
            var elements = value.Elements().Select(One).ToArray();
            if (elements.Length == 0 || elements.Any(one => one is null))
            {
                return null;
            }

            var array = Array.CreateInstance(elements[0]!.GetType(), elements.Length);
            Array.Copy(elements, array, elements.Length);
            return new Variant(array);
        }

        return One(value) is { } single ? new Variant(single) : null;
    }

    private object? One(XElement value)
    {
        var text = value.Value.Trim();
        var culture = CultureInfo.InvariantCulture;
        return value.Name.LocalName switch
        {
            "Boolean" => text is "true" or "1",
            "SByte" => sbyte.Parse(text, culture),
            "Byte" => byte.Parse(text, culture),
            "Int16" => short.Parse(text, culture),
            "UInt16" => ushort.Parse(text, culture),
            "Int32" => int.Parse(text, culture),
            "UInt32" => uint.Parse(text, culture),
            "Int64" => long.Parse(text, culture),
            "UInt64" => ulong.Parse(text, culture),
            "Float" => float.Parse(text, culture),
            "Double" => double.Parse(text, culture),
            "String" => value.Value,
            "DateTime" => DateTime.Parse(text, culture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
            "LocalizedText" => LocalizedText(value),
            "QualifiedName" => name($"{value.Element(s_types + "NamespaceIndex")?.Value ?? "0"}:{value.Element(s_types + "Name")?.Value}"),
            _ => null,
        };
    }

    private ExtensionObject? Known(XElement wrapped)
    {
        var body = wrapped.Element(s_types + "Body")?.Elements().FirstOrDefault();
        return body?.Name.LocalName switch
        {
            "Argument" => ExtensionObject.Of(new Argument(
                body.Element(s_types + "Name")?.Value, id(body.Element(s_types + "DataType")?.Value ?? "i=24"),
                int.Parse(body.Element(s_types + "ValueRank")?.Value ?? "-1", CultureInfo.InvariantCulture), [],
                LocalizedText(body.Element(s_types + "Description")))),
            "EnumValueType" => ExtensionObject.Of(new EnumValueType(
                long.Parse(body.Element(s_types + "Value")?.Value ?? "0", CultureInfo.InvariantCulture),
                LocalizedText(body.Element(s_types + "DisplayName")), LocalizedText(body.Element(s_types + "Description")))),
            _ => null,
        };
    }

    private static LocalizedText LocalizedText(XElement? element) =>
        element is null ? default : new(element.Element(s_types + "Locale")?.Value, element.Element(s_types + "Text")?.Value);
}
