using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>BrowseDirection (Part 4, 7.5).</summary>
public enum BrowseDirection
{
    Forward = 0, Inverse = 1, Both = 2, Invalid = 3,
}

/// <summary>Which fields of a reference are asked for (Part 4, 5.9.2).</summary>
[Flags]
public enum BrowseResultMask
{
    None = 0, ReferenceTypeId = 1, IsForward = 2, NodeClass = 4, BrowseName = 8, DisplayName = 16, TypeDefinition = 32, All = 63,
}

/// <summary>ViewDescription (Part 4, 7.45).</summary>
public sealed record ViewDescription(NodeId ViewId, DateTime Timestamp, uint ViewVersion);

/// <summary>BrowseDescription (Part 4, 5.9.2).</summary>
public sealed record BrowseDescription(
    NodeId NodeId, BrowseDirection BrowseDirection, NodeId ReferenceTypeId, bool IncludeSubtypes, uint NodeClassMask, uint ResultMask);

/// <summary>ReferenceDescription (Part 4, 7.30).</summary>
public sealed record ReferenceDescription(
    NodeId ReferenceTypeId, bool IsForward, ExpandedNodeId NodeId, QualifiedName BrowseName, LocalizedText DisplayName, NodeClass NodeClass,
    ExpandedNodeId TypeDefinition);

/// <summary>BrowseResult (Part 4, 7.6).</summary>
public sealed record BrowseResult(StatusCode StatusCode, byte[]? ContinuationPoint, ReferenceDescription[] References);

/// <summary>Browse (Part 4, 5.9.2).</summary>
[BinaryEncoding(527)]
public sealed record BrowseRequest(
    RequestHeader RequestHeader, ViewDescription View, uint RequestedMaxReferencesPerNode, BrowseDescription[] NodesToBrowse) : IRequest;

/// <summary>Browse (Part 4, 5.9.2).</summary>
[BinaryEncoding(530)]
public sealed record BrowseResponse(ResponseHeader ResponseHeader, BrowseResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>BrowseNext (Part 4, 5.9.3).</summary>
[BinaryEncoding(533)]
public sealed record BrowseNextRequest(RequestHeader RequestHeader, bool ReleaseContinuationPoints, byte[][] ContinuationPoints) : IRequest;

/// <summary>BrowseNext (Part 4, 5.9.3).</summary>
[BinaryEncoding(536)]
public sealed record BrowseNextResponse(ResponseHeader ResponseHeader, BrowseResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>RelativePathElement (Part 4, 7.31).</summary>
[BinaryEncoding(539, DataType = 537)]
public sealed record RelativePathElement(NodeId ReferenceTypeId, bool IsInverse, bool IncludeSubtypes, QualifiedName TargetName);

/// <summary>RelativePath (Part 4, 7.31).</summary>
[BinaryEncoding(542, DataType = 540)]
public sealed record RelativePath(RelativePathElement[] Elements)
{
    /// <summary>Down hierarchical references by these names.</summary>
    public static RelativePath Of(params ReadOnlySpan<QualifiedName> names)
    {
        var elements = new RelativePathElement[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            elements[i] = new(Ids.HierarchicalReferences, false, true, names[i]);
        }

        return new(elements);
    }
}

/// <summary>BrowsePath (Part 4, 5.9.4).</summary>
public sealed record BrowsePath(NodeId StartingNode, RelativePath RelativePath);

/// <summary>BrowsePathTarget (Part 4, 5.9.4).</summary>
public sealed record BrowsePathTarget(ExpandedNodeId TargetId, uint RemainingPathIndex);

/// <summary>BrowsePathResult (Part 4, 5.9.4).</summary>
public sealed record BrowsePathResult(StatusCode StatusCode, BrowsePathTarget[] Targets);

/// <summary>TranslateBrowsePathsToNodeIds (Part 4, 5.9.4).</summary>
[BinaryEncoding(554)]
public sealed record TranslateBrowsePathsToNodeIdsRequest(RequestHeader RequestHeader, BrowsePath[] BrowsePaths) : IRequest;

/// <summary>TranslateBrowsePathsToNodeIds (Part 4, 5.9.4).</summary>
[BinaryEncoding(557)]
public sealed record TranslateBrowsePathsToNodeIdsResponse(
    ResponseHeader ResponseHeader, BrowsePathResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>RegisterNodes (Part 4, 5.9.5).</summary>
[BinaryEncoding(560)]
public sealed record RegisterNodesRequest(RequestHeader RequestHeader, NodeId[] NodesToRegister) : IRequest;

/// <summary>RegisterNodes (Part 4, 5.9.5).</summary>
[BinaryEncoding(563)]
public sealed record RegisterNodesResponse(ResponseHeader ResponseHeader, NodeId[] RegisteredNodeIds) : IResponse;

/// <summary>UnregisterNodes (Part 4, 5.9.6).</summary>
[BinaryEncoding(566)]
public sealed record UnregisterNodesRequest(RequestHeader RequestHeader, NodeId[] NodesToUnregister) : IRequest;

/// <summary>UnregisterNodes (Part 4, 5.9.6).</summary>
[BinaryEncoding(569)]
public sealed record UnregisterNodesResponse(ResponseHeader ResponseHeader) : IResponse;
