using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Read and Write (Part 4, 5.11.2 and 5.11.4).</summary>
internal sealed class AttributeService(AddressSpace space, ServerOptions options)
{
    public ReadResponse Read(ServerSession session, ReadRequest request, ResponseHeader good)
    {
        Operations.Check(request.NodesToRead.Length, options);
        if (request.MaxAge < 0 || double.IsNaN(request.MaxAge))
        {
            throw new OpcUaException(StatusCodes.BadMaxAgeInvalid);
        }

        if (request.TimestampsToReturn is < TimestampsToReturn.Source or > TimestampsToReturn.Neither)
        {
            throw new OpcUaException(StatusCodes.BadTimestampsToReturnInvalid);
        }

        var results = new DataValue[request.NodesToRead.Length];
        lock (space.Gate)
        {
            for (var i = 0; i < results.Length; i++)
            {
                var what = request.NodesToRead[i];
                var value = space.Find(what.NodeId) is { } node ? Attributes.Read(node, what, space) : DataValue.Bad(StatusCodes.BadNodeIdUnknown);
                results[i] = request.TimestampsToReturn switch
                {
                    TimestampsToReturn.Both => value,
                    TimestampsToReturn.Source => value with { ServerTimestamp = null },
                    TimestampsToReturn.Server => value with { SourceTimestamp = null },
                    _ => value with { SourceTimestamp = null, ServerTimestamp = null },
                };
            }
        }

        return new ReadResponse(good, results, []);
    }

    public WriteResponse Write(ServerSession session, WriteRequest request, ResponseHeader good)
    {
        Operations.Check(request.NodesToWrite.Length, options);
        return new WriteResponse(good, [.. request.NodesToWrite.Select(write => Write(session, write))], []);
    }

    private StatusCode Write(ServerSession session, WriteValue write)
    {
        lock (space.Gate)
        {
            if (space.Find(write.NodeId) is not { } node)
            {
                return StatusCodes.BadNodeIdUnknown;
            }

            if (write.AttributeId != AttributeId.Value || node.NodeClass != NodeClass.Variable || (node.AccessLevel & 2) == 0)
            {
                return StatusCodes.BadNotWritable;
            }

            if (!session.MayChange)
            {
                return StatusCodes.BadUserAccessDenied;
            }

            if (!string.IsNullOrEmpty(write.IndexRange))
            {
                return StatusCodes.BadWriteNotSupported;
            }

            if (!Matches(node.DataType, node.ValueRank, write.Value.Value, space))
            {
                return StatusCodes.BadTypeMismatch;
            }

            var value = write.Value with { ServerTimestamp = space.Now(Variant.Null).ServerTimestamp };
            if (node.OnWrite is { } decide)
            {
                return decide(value);
            }

            AddressSpace.Store(node, value with { SourceTimestamp = value.SourceTimestamp ?? value.ServerTimestamp });
            return StatusCodes.Good;
        }
    }

    /// <summary>Whether a value is of a data type and a rank (Part 4, table 51: BadTypeMismatch).</summary>
    public static bool Matches(NodeId dataType, int valueRank, Variant value, AddressSpace space)
    {
        var carrier = Carrier(dataType, space);
        if (carrier is not (null or BuiltInType.Variant) && value.Type != carrier)
        {
            return false;
        }

        return valueRank switch
        {
            -1 => !value.IsArray,
            1 => value is { IsArray: true, Dimensions: null } || value.Value is null,
            > 1 => value.Dimensions?.Length == valueRank,
            _ => true,
        };
    }

    /// <summary>The built-in type that carries a data type, by its ancestors; null when any may.</summary>
    private static BuiltInType? Carrier(NodeId dataType, AddressSpace space)
    {
        for (var steps = 0; steps < 32 && !dataType.IsNull; steps++)
        {
            if (space.Types.CarrierOf(dataType) is { } carrier)
            {
                return carrier;
            }

            dataType = space.Find(dataType)?.References.FirstOrDefault(one => !one.IsForward && one.ReferenceType == Ids.HasSubtype).Target ?? default;
        }

        return null;
    }
}

/// <summary>What many services check alike (Part 4, 7.38.2).</summary>
internal static class Operations
{
    public static void Check(int count, ServerOptions options)
    {
        if (count == 0)
        {
            throw new OpcUaException(StatusCodes.BadNothingToDo);
        }

        if (count > options.MaxOperations)
        {
            throw new OpcUaException(StatusCodes.BadTooManyOperations);
        }
    }
}
