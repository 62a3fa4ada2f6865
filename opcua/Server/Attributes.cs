using System.Globalization;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Attributes of nodes as values (Part 3, 5.9, which class has which), and parts of arrays (NumericRange, Part 4, 7.27).</summary>
internal static class Attributes
{
    public static DataValue Read(Node node, ReadValueId what, AddressSpace space)
    {
        if (what.DataEncoding.Name is not (null or "" or "Default Binary") && what.AttributeId == AttributeId.Value)
        {
            return DataValue.Bad(StatusCodes.BadDataEncodingInvalid);
        }

        if (what.AttributeId != AttributeId.Value)
        {
            var attribute = Of(node, what.AttributeId);
            return attribute is { } value ? space.Now(value) with { SourceTimestamp = null } : DataValue.Bad(StatusCodes.BadAttributeIdInvalid);
        }

        if (node.NodeClass != NodeClass.Variable)
        {
            return DataValue.Bad(node.NodeClass == NodeClass.VariableType ? StatusCodes.BadNotReadable : StatusCodes.BadAttributeIdInvalid);
        }

        return (node.AccessLevel & 1) == 0 ? DataValue.Bad(StatusCodes.BadNotReadable)
            : string.IsNullOrEmpty(what.IndexRange) ? node.Value : Cut(node.Value, what.IndexRange);
    }

    /// <summary>Elements from:to of an array, or characters of a text; a matrix is not cut here.</summary>
    public static DataValue Cut(DataValue value, string range)
    {
        var parts = range.Split(':');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) || (parts.Length == 2 && to <= from))
        {
            return DataValue.Bad(StatusCodes.BadIndexRangeInvalid);
        }

        if (value.Value.Value is not Array whole || value.Value.Dimensions is not null || from >= whole.Length)
        {
            return DataValue.Bad(StatusCodes.BadIndexRangeNoData);
        }

        var length = Math.Min(to, whole.Length - 1) - from + 1;
        var part = Array.CreateInstance(whole.GetType().GetElementType()!, length);
        Array.Copy(whole, from, part, 0, length);
        return value with { Value = new Variant(value.Value.Type, part) };
    }

    private static Variant? Of(Node node, AttributeId attribute)
    {
        var variable = node.NodeClass is NodeClass.Variable or NodeClass.VariableType;
        return attribute switch
        {
            AttributeId.NodeId => new Variant(node.NodeId),
            AttributeId.NodeClass => new Variant((int)node.NodeClass),
            AttributeId.BrowseName => new Variant(node.BrowseName),
            AttributeId.DisplayName => new Variant(node.DisplayName),
            AttributeId.Description => new Variant(node.Description),
            AttributeId.WriteMask or AttributeId.UserWriteMask => new Variant(0u),
            AttributeId.IsAbstract when node.NodeClass is NodeClass.ObjectType or NodeClass.VariableType or NodeClass.DataType or NodeClass.ReferenceType =>
                new Variant(node.IsAbstract),
            AttributeId.Symmetric when node.NodeClass == NodeClass.ReferenceType => new Variant(node.Symmetric),
            AttributeId.InverseName when node.NodeClass == NodeClass.ReferenceType => new Variant(node.InverseName),
            AttributeId.EventNotifier when node.NodeClass is NodeClass.Object or NodeClass.View => new Variant(node.EventNotifier),
            AttributeId.ContainsNoLoops when node.NodeClass == NodeClass.View => new Variant(true),
            AttributeId.DataType when variable => new Variant(node.DataType),
            AttributeId.ValueRank when variable => new Variant(node.ValueRank),
            AttributeId.ArrayDimensions when variable => new Variant(node.ArrayDimensions ?? []),
            AttributeId.AccessLevel or AttributeId.UserAccessLevel when node.NodeClass == NodeClass.Variable => new Variant(node.AccessLevel),
            AttributeId.AccessLevelEx when node.NodeClass == NodeClass.Variable => new Variant((uint)node.AccessLevel),
            AttributeId.MinimumSamplingInterval when node.NodeClass == NodeClass.Variable => new Variant(0.0),
            AttributeId.Historizing when node.NodeClass == NodeClass.Variable => new Variant(false),
            AttributeId.Executable or AttributeId.UserExecutable when node.NodeClass == NodeClass.Method => new Variant(node.OnCall is not null),
            AttributeId.DataTypeDefinition when node.NodeClass == NodeClass.DataType && node.DataTypeDefinition is { } definition =>
                new Variant(ExtensionObject.Of(definition)),
            _ => null,
        };
    }
}
