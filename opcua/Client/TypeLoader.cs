using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>
/// Learns a server's data types by their definitions (DataTypeDefinition, Part 3, 5.8.3), level by level below
/// BaseDataType. Structures that are known here as records keep their records.
/// </summary>
internal sealed class TypeLoader(OpcUaClient client)
{
    /// <summary>Data types that are looked at; a server that has more is not believed.</summary>
    private const int MostTypes = 20_000;

    private const int MostLevels = 32;

    private static readonly NodeId s_baseDataType = new(24);

    public async Task Load(CancellationToken cancellation)
    {
        var seen = new HashSet<NodeId> { s_baseDataType };
        List<(NodeId Type, BuiltInType? Carrier, bool IsStructure)> level = [(s_baseDataType, null, false)];
        for (var depth = 0; level.Count > 0 && depth < MostLevels; depth++)
        {
            var below = await client.BrowseEach([.. level.Select(one => one.Type)], Ids.HasSubtype, cancellation: cancellation);
            List<(NodeId, BuiltInType?, bool)> next = [];
            List<ReferenceDescription> structures = [];
            foreach (var (parent, result) in level.Zip(below))
            {
                foreach (var type in result.References.Where(one => one.NodeId.ServerIndex == 0 && seen.Add(one.NodeId.NodeId)))
                {
                    var id = type.NodeId.NodeId;
                    var isStructure = parent.IsStructure || id == Ids.Structure;
                    next.Add((id, Carry(id, parent.Carrier, isStructure), isStructure));
                    if (isStructure && !IsKnown(id))
                    {
                        structures.Add(type);
                    }
                }
            }

            if (seen.Count > MostTypes)
            {
                throw new OpcUaException(StatusCodes.BadEncodingLimitsExceeded, $"the server has more than {MostTypes} data types");
            }

            await Define(structures, cancellation);
            level = next;
        }
    }

    /// <summary>A subtype of a simple type is carried as that one is; an enumeration as Int32.</summary>
    private BuiltInType? Carry(NodeId id, BuiltInType? parents, bool isStructure)
    {
        if (isStructure)
        {
            return null;
        }

        if (client.Types.CarrierOf(id) is { } known)
        {
            return known;
        }

        if (parents is { } carrier)
        {
            client.Types.AddCarrier(id, carrier);
        }

        return parents;
    }

    private async Task Define(List<ReferenceDescription> types, CancellationToken cancellation)
    {
        if (types.Count == 0)
        {
            return;
        }

        var definitions = await client.Read(
            [.. types.Select(type => new ReadValueId(type.NodeId.NodeId, AttributeId.DataTypeDefinition, null, default))], cancellation);
        foreach (var (type, value) in types.Zip(definitions))
        {
            if (value.Value.Value is ExtensionObject { Body: StructureDefinition definition } && !definition.DefaultEncodingId.IsNull)
            {
                client.Types.Add(new TypeDefinition(
                    type.BrowseName.Name ?? string.Empty, type.NodeId.NodeId, definition.DefaultEncodingId, definition.StructureType,
                    [.. definition.Fields.Select(field => new FieldDefinition(field.Name ?? string.Empty, field.DataType, field.ValueRank >= 1, field.IsOptional))]));
            }
        }
    }

    private static bool IsKnown(NodeId id) => id is { NamespaceIndex: 0, IdType: IdType.Numeric } && KnownTypes.ByDataType(id.Numeric) is not null;
}
