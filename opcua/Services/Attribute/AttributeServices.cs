using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>TimestampsToReturn (Part 4, 7.40).</summary>
public enum TimestampsToReturn
{
    Source = 0, Server = 1, Both = 2, Neither = 3, Invalid = 4,
}

/// <summary>ReadValueId (Part 4, 7.29).</summary>
public sealed record ReadValueId(NodeId NodeId, AttributeId AttributeId, string? IndexRange, QualifiedName DataEncoding)
{
    /// <summary>The value of a variable.</summary>
    public static ReadValueId ValueOf(NodeId node) => new(node, AttributeId.Value, null, default);
}

/// <summary>Read (Part 4, 5.11.2).</summary>
[BinaryEncoding(631)]
public sealed record ReadRequest(RequestHeader RequestHeader, double MaxAge, TimestampsToReturn TimestampsToReturn, ReadValueId[] NodesToRead) : IRequest;

/// <summary>Read (Part 4, 5.11.2).</summary>
[BinaryEncoding(634)]
public sealed record ReadResponse(ResponseHeader ResponseHeader, DataValue[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>WriteValue (Part 4, 5.11.4).</summary>
public sealed record WriteValue(NodeId NodeId, AttributeId AttributeId, string? IndexRange, DataValue Value);

/// <summary>Write (Part 4, 5.11.4).</summary>
[BinaryEncoding(673)]
public sealed record WriteRequest(RequestHeader RequestHeader, WriteValue[] NodesToWrite) : IRequest;

/// <summary>Write (Part 4, 5.11.4).</summary>
[BinaryEncoding(676)]
public sealed record WriteResponse(ResponseHeader ResponseHeader, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;
