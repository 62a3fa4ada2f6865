using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Browse, BrowseNext and TranslateBrowsePathsToNodeIds (Part 4, 5.9.2 to 5.9.4).</summary>
internal sealed class ViewService(AddressSpace space, ServerOptions options)
{
    /// <summary>Targets of one path at most.</summary>
    private const int MostTargets = 100;

    /// <summary>Elements of one path at most.</summary>
    private const int LongestPath = 64;

    public BrowseResponse Browse(ServerSession session, BrowseRequest request, ResponseHeader good)
    {
        Operations.Check(request.NodesToBrowse.Length, options);
        if (!request.View.ViewId.IsNull)
        {
            throw new OpcUaException(StatusCodes.BadViewIdUnknown);
        }

        var most = (int)Math.Min(request.RequestedMaxReferencesPerNode == 0 ? int.MaxValue : request.RequestedMaxReferencesPerNode, 10_000);
        lock (space.Gate)
        {
            return new BrowseResponse(good, [.. request.NodesToBrowse.Select(node => Browse(session, node, most))], []);
        }
    }

    public BrowseNextResponse BrowseNext(ServerSession session, BrowseNextRequest request, ResponseHeader good)
    {
        Operations.Check(request.ContinuationPoints.Length, options);
        lock (space.Gate)
        {
            return new BrowseNextResponse(good, [.. request.ContinuationPoints.Select(point => Next(session, point, request.ReleaseContinuationPoints))], []);
        }
    }

    public TranslateBrowsePathsToNodeIdsResponse Translate(TranslateBrowsePathsToNodeIdsRequest request, ResponseHeader good)
    {
        Operations.Check(request.BrowsePaths.Length, options);
        lock (space.Gate)
        {
            return new TranslateBrowsePathsToNodeIdsResponse(good, [.. request.BrowsePaths.Select(Translate)], []);
        }
    }

    private BrowseResult Browse(ServerSession session, BrowseDescription what, int most)
    {
        if (space.Find(what.NodeId) is not { } node)
        {
            return new BrowseResult(StatusCodes.BadNodeIdUnknown, null, []);
        }

        if (what.BrowseDirection is < BrowseDirection.Forward or > BrowseDirection.Both)
        {
            return new BrowseResult(StatusCodes.BadBrowseDirectionInvalid, null, []);
        }

        if (!what.ReferenceTypeId.IsNull && space.Find(what.ReferenceTypeId)?.NodeClass != NodeClass.ReferenceType)
        {
            return new BrowseResult(StatusCodes.BadReferenceTypeIdInvalid, null, []);
        }

        var references = node.References
            .Where(one => what.BrowseDirection == BrowseDirection.Both || one.IsForward == (what.BrowseDirection == BrowseDirection.Forward))
            .Where(one => what.ReferenceTypeId.IsNull || one.ReferenceType == what.ReferenceTypeId
                || (what.IncludeSubtypes && space.IsSubtype(one.ReferenceType, what.ReferenceTypeId)))
            .Select(one => Describe(one, (BrowseResultMask)what.ResultMask))
            .Where(one => one.Class is { } kind && (what.NodeClassMask == 0 || (what.NodeClassMask & (uint)kind) != 0))
            .Select(one => one.Description).ToArray();
        return Page(session, references, most, limit: options.MaxContinuationPoints);
    }

    private static BrowseResult Next(ServerSession session, byte[] point, bool release)
    {
        if (point is not { Length: 16 } || !session.Continuations.Remove(new Guid(point), out var rest))
        {
            return new BrowseResult(StatusCodes.BadContinuationPointInvalid, null, []);
        }

        return release ? new BrowseResult(StatusCodes.Good, null, []) : Page(session, rest.Rest, rest.Most, unlimited: true);
    }

    private static BrowseResult Page(ServerSession session, ReferenceDescription[] references, int most, bool unlimited = false, int limit = 20)
    {
        if (references.Length <= most)
        {
            return new BrowseResult(StatusCodes.Good, null, references);
        }

        if (!unlimited && session.Continuations.Count >= limit)
        {
            return new BrowseResult(StatusCodes.BadNoContinuationPoints, null, []);
        }

        var point = new Guid(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        session.Continuations[point] = new Continuation(references[most..], most);
        return new BrowseResult(StatusCodes.Good, point.ToByteArray(), references[..most]);
    }

    private (NodeClass? Class, ReferenceDescription Description) Describe(Reference reference, BrowseResultMask mask)
    {
        var target = space.Find(reference.Target);
        var type = target?.References.FirstOrDefault(one => one.IsForward && one.ReferenceType == Ids.HasTypeDefinition).Target ?? default;
        return (target?.NodeClass, new ReferenceDescription(
            mask.HasFlag(BrowseResultMask.ReferenceTypeId) ? reference.ReferenceType : default,
            mask.HasFlag(BrowseResultMask.IsForward) && reference.IsForward,
            reference.Target,
            mask.HasFlag(BrowseResultMask.BrowseName) ? target?.BrowseName ?? default : default,
            mask.HasFlag(BrowseResultMask.DisplayName) ? target?.DisplayName ?? default : default,
            mask.HasFlag(BrowseResultMask.NodeClass) ? target?.NodeClass ?? default : default,
            mask.HasFlag(BrowseResultMask.TypeDefinition) ? type : default(NodeId)));
    }

    private BrowsePathResult Translate(BrowsePath path)
    {
        if (space.Find(path.StartingNode) is null)
        {
            return new BrowsePathResult(StatusCodes.BadNodeIdUnknown, []);
        }

        if (path.RelativePath.Elements.Length is 0 or > LongestPath)
        {
            return new BrowsePathResult(path.RelativePath.Elements.Length == 0 ? StatusCodes.BadNothingToDo : StatusCodes.BadQueryTooComplex, []);
        }

        List<NodeId> here = [path.StartingNode];
        foreach (var element in path.RelativePath.Elements)
        {
            if (element.TargetName.Name is null)
            {
                return new BrowsePathResult(StatusCodes.BadBrowseNameInvalid, []);
            }

            here = [.. here.SelectMany(id => Step(id, element)).Distinct().Take(MostTargets)];
        }

        return here.Count == 0 ? new BrowsePathResult(StatusCodes.BadNoMatch, [])
            : new BrowsePathResult(StatusCodes.Good, [.. here.Select(id => new BrowsePathTarget(id, uint.MaxValue))]);
    }

    private IEnumerable<NodeId> Step(NodeId from, RelativePathElement element) => (space.Find(from)?.References ?? [])
        .Where(one => one.IsForward != element.IsInverse)
        .Where(one => element.ReferenceTypeId.IsNull || one.ReferenceType == element.ReferenceTypeId
            || (element.IncludeSubtypes && space.IsSubtype(one.ReferenceType, element.ReferenceTypeId)))
        .Where(one => space.Find(one.Target)?.BrowseName == element.TargetName)
        .Select(one => one.Target);
}
