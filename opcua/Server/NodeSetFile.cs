using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// Loads a UANodeSet file (Part 6, Annex F): nodes, references, the definitions of data types, and values of the simple kinds
/// and of arguments. External entities are not resolved and the file's size is bounded.
/// </summary>
public sealed class NodeSetFile
{
    /// <summary>Characters of a file at most.</summary>
    public const long MostCharacters = 64L << 20;

    private static readonly XNamespace s_set = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";

    private readonly AddressSpace _space;
    private readonly List<ushort> _indexes = [0];
    private readonly Dictionary<string, NodeId> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, XElement> _definitions = [];

    private NodeSetFile(AddressSpace space) => _space = space;

    /// <summary>Adds a file's nodes. The node sets that it requires come before it.</summary>
    public static void Load(AddressSpace space, Stream file)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreComments = true,
        });
        var root = XDocument.Load(reader).Root;
        if (root?.Name != s_set + "UANodeSet")
        {
            throw new FormatException("the file is no UANodeSet");
        }

        new NodeSetFile(space).Load(root);
    }

    private void Load(XElement root)
    {
        foreach (var uri in root.Element(s_set + "NamespaceUris")?.Elements(s_set + "Uri") ?? [])
        {
            _indexes.Add(_space.IndexOf(uri.Value.Trim()));
        }

        foreach (var alias in root.Element(s_set + "Aliases")?.Elements(s_set + "Alias") ?? [])
        {
            _aliases[alias.Attribute("Alias")?.Value ?? string.Empty] = Id(alias.Value);
        }

        var elements = root.Elements().Where(element => element.Attribute("NodeId") is not null).ToList();
        foreach (var element in elements)
        {
            _space.Add(ToNode(element));
        }

        foreach (var element in elements)
        {
            foreach (var reference in element.Element(s_set + "References")?.Elements(s_set + "Reference") ?? [])
            {
                Refer(Id(element.Attribute("NodeId")!.Value), reference);
            }
        }

        DefineTypes(elements);
    }

    private Node ToNode(XElement element)
    {
        var kind = element.Name.LocalName switch
        {
            "UAObject" => NodeClass.Object,
            "UAVariable" => NodeClass.Variable,
            "UAMethod" => NodeClass.Method,
            "UAObjectType" => NodeClass.ObjectType,
            "UAVariableType" => NodeClass.VariableType,
            "UAReferenceType" => NodeClass.ReferenceType,
            "UADataType" => NodeClass.DataType,
            "UAView" => NodeClass.View,
            _ => throw new FormatException($"{element.Name.LocalName} is no node"),
        };
        var node = new Node(Id(element.Attribute("NodeId")!.Value), kind, Name(element.Attribute("BrowseName")?.Value ?? string.Empty))
        {
            Description = Text(element.Element(s_set + "Description")),
            InverseName = Text(element.Element(s_set + "InverseName")),
            IsAbstract = Flag(element, "IsAbstract"),
            Symmetric = Flag(element, "Symmetric"),
            EventNotifier = (byte)Number(element, "EventNotifier", 0),
            AccessLevel = (byte)Number(element, "AccessLevel", 1),
            ValueRank = (int)Number(element, "ValueRank", -1),
            DataType = element.Attribute("DataType") is { } type ? Id(type.Value) : new NodeId(24),
            ArrayDimensions = Dimensions(element),
        };
        if (element.Element(s_set + "DisplayName") is { } display)
        {
            node.DisplayName = Text(display);
        }

        if (kind is NodeClass.Variable or NodeClass.VariableType && element.Element(s_set + "Value")?.Elements().FirstOrDefault() is { } value)
        {
            node.Stored = new NodeSetValues(Id, Name).Read(value) is { } known ? _space.Now(known) : node.Stored;
        }

        return node;
    }

    private void Refer(NodeId from, XElement reference)
    {
        var type = Id(reference.Attribute("ReferenceType")?.Value ?? string.Empty);
        var target = Id(reference.Value);
        if (reference.Attribute("IsForward")?.Value is "false" or "0")
        {
            _space.Refer(target, type, from);
        }
        else
        {
            _space.Refer(from, type, target);
        }
    }

    private void DefineTypes(List<XElement> elements)
    {
        foreach (var element in elements.Where(one => one.Name.LocalName == "UADataType" && one.Element(s_set + "Definition") is not null))
        {
            _definitions[Id(element.Attribute("NodeId")!.Value)] = element.Element(s_set + "Definition")!;
        }

        foreach (var (id, definition) in _definitions)
        {
            if (_space.IsSubtype(id, Ids.Enumeration) || definition.Elements(s_set + "Field").Any(field => field.Attribute("Value") is not null))
            {
                _space.Types.AddCarrier(id, BuiltInType.Int32);
                _space.Get(id).DataTypeDefinition = new EnumDefinition([.. definition.Elements(s_set + "Field").Select(field => new EnumField(
                    (long)Number(field, "Value", 0), Text(field.Element(s_set + "DisplayName") ?? field), default, field.Attribute("Name")?.Value))]);
            }
            else if (_space.IsSubtype(id, Ids.Structure))
            {
                DefineStructure(id, definition);
            }
        }

        // Subtypes of simple types are carried as their ancestors are.
        foreach (var element in elements.Where(one => one.Name.LocalName == "UADataType"))
        {
            var id = Id(element.Attribute("NodeId")!.Value);
            if (_space.Types.CarrierOf(id) is null && !_space.IsSubtype(id, Ids.Structure))
            {
                var ancestor = id;
                for (var steps = 0; steps < 16 && _space.Types.CarrierOf(ancestor) is null && !ancestor.IsNull; steps++)
                {
                    ancestor = Parent(ancestor);
                }

                if (_space.Types.CarrierOf(ancestor) is { } carrier)
                {
                    _space.Types.AddCarrier(id, carrier);
                }
            }
        }
    }

    private void DefineStructure(NodeId id, XElement definition)
    {
        var fields = new List<FieldDefinition>();
        var parent = Parent(id);
        if (parent != Ids.Structure && parent != Ids.Union && _space.Types.ByType(parent) is null && _definitions.TryGetValue(parent, out var inherited))
        {
            DefineStructure(parent, inherited);
        }

        fields.AddRange(_space.Types.ByType(parent)?.Fields ?? []);
        fields.AddRange(definition.Elements(s_set + "Field").Select(field => new FieldDefinition(
            field.Attribute("Name")?.Value ?? string.Empty, field.Attribute("DataType") is { } type ? Id(type.Value) : new NodeId(24),
            Number(field, "ValueRank", -1) >= 1, Flag(field, "IsOptional"))));
        var kind = Flag(definition, "IsUnion") ? StructureType.Union
            : fields.Exists(field => field.IsOptional) ? StructureType.StructureWithOptionalFields : StructureType.Structure;
        var encoding = _space.Get(id).References
            .Where(one => one.IsForward && one.ReferenceType == Ids.HasEncoding && _space.Find(one.Target)?.BrowseName.Name == "Default Binary")
            .Select(one => one.Target).FirstOrDefault();
        _space.Types.Add(new TypeDefinition(_space.Get(id).BrowseName.Name ?? string.Empty, id, encoding, kind, fields));
        _space.Get(id).DataTypeDefinition = new StructureDefinition(encoding, parent, kind, [.. fields.Select(field => new StructureField(
            field.Name, default, field.DataType, field.IsArray ? 1 : -1, field.IsArray ? [0] : [], 0, field.IsOptional))]);
    }

    private NodeId Parent(NodeId type) => _space.Find(type)?.References
        .FirstOrDefault(one => !one.IsForward && one.ReferenceType == Ids.HasSubtype).Target ?? default;

    private NodeId Id(string text)
    {
        text = text.Trim();
        if (_aliases.TryGetValue(text, out var known))
        {
            return known;
        }

        var id = NodeId.Parse(text);
        return id.NamespaceIndex < _indexes.Count ? id.In(_indexes[id.NamespaceIndex]) : throw new FormatException($"{text} is of no namespace of the file");
    }

    private QualifiedName Name(string text)
    {
        var name = QualifiedName.Parse(text);
        return name.NamespaceIndex < _indexes.Count ? name with { NamespaceIndex = _indexes[name.NamespaceIndex] }
            : throw new FormatException($"{text} is of no namespace of the file");
    }

    private static LocalizedText Text(XElement? element) => element is null ? default : new(element.Attribute("Locale")?.Value, element.Value);

    private static bool Flag(XElement element, string name) => element.Attribute(name)?.Value is "true" or "1";

    private static long Number(XElement element, string name, long otherwise) =>
        element.Attribute(name) is { } attribute ? long.Parse(attribute.Value, CultureInfo.InvariantCulture) : otherwise;

    private static uint[]? Dimensions(XElement element) => element.Attribute("ArrayDimensions") is { Value.Length: > 0 } attribute
        ? [.. attribute.Value.Split(',').Select(one => uint.Parse(one, CultureInfo.InvariantCulture))] : null;
}
