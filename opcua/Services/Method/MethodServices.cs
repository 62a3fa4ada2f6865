using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>CallMethodRequest (Part 4, 5.12.2).</summary>
public sealed record CallMethodRequest(NodeId ObjectId, NodeId MethodId, Variant[] InputArguments);

/// <summary>CallMethodResult (Part 4, 5.12.2).</summary>
public sealed record CallMethodResult(
    StatusCode StatusCode, StatusCode[] InputArgumentResults, DiagnosticInfo[] InputArgumentDiagnosticInfos, Variant[] OutputArguments)
{
    /// <summary>A call that was not run.</summary>
    public static CallMethodResult Refused(StatusCode status) => new(status, [], [], []);

    /// <summary>A call that was run.</summary>
    public static CallMethodResult Done(params Variant[] outputs) => new(StatusCodes.Good, [], [], outputs);
}

/// <summary>Call (Part 4, 5.12.2).</summary>
[BinaryEncoding(712)]
public sealed record CallRequest(RequestHeader RequestHeader, CallMethodRequest[] MethodsToCall) : IRequest;

/// <summary>Call (Part 4, 5.12.2).</summary>
[BinaryEncoding(715)]
public sealed record CallResponse(ResponseHeader ResponseHeader, CallMethodResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>Argument of a method (Part 3, 8.6).</summary>
[BinaryEncoding(298, DataType = 296)]
public sealed record Argument(string? Name, NodeId DataType, int ValueRank, uint[] ArrayDimensions, LocalizedText Description);
