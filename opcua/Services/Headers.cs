using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>What every request begins with (Part 4, 7.32).</summary>
public sealed record RequestHeader(
    NodeId AuthenticationToken, DateTime Timestamp, uint RequestHandle, uint ReturnDiagnostics, string? AuditEntryId, uint TimeoutHint, ExtensionObject AdditionalHeader);

/// <summary>What every response begins with (Part 4, 7.33).</summary>
public sealed record ResponseHeader(
    DateTime Timestamp, uint RequestHandle, StatusCode ServiceResult, DiagnosticInfo? ServiceDiagnostics, string[] StringTable, ExtensionObject AdditionalHeader);

/// <summary>A request.</summary>
public interface IRequest
{
    /// <summary>Its header.</summary>
    RequestHeader RequestHeader { get; }
}

/// <summary>A response.</summary>
public interface IResponse
{
    /// <summary>Its header.</summary>
    ResponseHeader ResponseHeader { get; }
}

/// <summary>The answer to a request that failed as a whole (Part 4, 7.34).</summary>
[BinaryEncoding(397)]
public sealed record ServiceFault(ResponseHeader ResponseHeader) : IResponse;
