using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>Call (Part 4, 5.12.2): a method of the object, or of its type; arguments are checked before the method runs.</summary>
internal sealed class MethodService(AddressSpace space, ServerOptions options)
{
    public CallResponse Call(ServerSession session, CallRequest request, ResponseHeader good)
    {
        Operations.Check(request.MethodsToCall.Length, options);
        return new CallResponse(good, [.. request.MethodsToCall.Select(call => Call(session, call))], []);
    }

    private CallMethodResult Call(ServerSession session, CallMethodRequest call)
    {
        Node? target, method;
        lock (space.Gate)
        {
            target = space.Find(call.ObjectId);
            method = target is null ? null : Find(target, call.MethodId);
        }

        if (target is null)
        {
            return CallMethodResult.Refused(StatusCodes.BadNodeIdUnknown);
        }

        if (method?.OnCall is not { } run)
        {
            return CallMethodResult.Refused(StatusCodes.BadMethodInvalid);
        }

        if (!session.MayChange && call.MethodId != Ids.ConditionRefresh && call.MethodId != Ids.ConditionRefresh2)
        {
            return CallMethodResult.Refused(StatusCodes.BadUserAccessDenied);
        }

        return CheckInputs(method, call.InputArguments) ?? run(new MethodCall(session, target, call.InputArguments));
    }

    /// <summary>The object's own method, also when it is named by its type's (Part 4, 5.12.2.2), or the type's.</summary>
    private Node? Find(Node target, NodeId id)
    {
        if (space.Find(id) is not { NodeClass: NodeClass.Method } named)
        {
            return null;
        }

        if (space.Child(target.NodeId, named.BrowseName) is { IsNull: false } own && space.Find(own) is { NodeClass: NodeClass.Method } method)
        {
            return method;
        }

        var type = target.NodeClass == NodeClass.ObjectType ? target.NodeId
            : target.References.FirstOrDefault(one => one.IsForward && one.ReferenceType == Ids.HasTypeDefinition).Target;
        var holders = named.References.Where(one => !one.IsForward && one.ReferenceType == Ids.HasComponent).Select(one => one.Target);
        return holders.Any(holder => holder == target.NodeId || space.IsSubtype(type, holder)) ? named : null;
    }

    private CallMethodResult? CheckInputs(Node method, Variant[] inputs)
    {
        Argument[] declared;
        lock (space.Gate)
        {
            declared = space.Find(space.Child(method.NodeId, new QualifiedName("InputArguments")))?.Stored.Value.Value is ExtensionObject[] arguments
                ? [.. arguments.Select(argument => argument.Body).OfType<Argument>()] : [];
        }

        if (inputs.Length != declared.Length)
        {
            return CallMethodResult.Refused(inputs.Length < declared.Length ? StatusCodes.BadArgumentsMissing : StatusCodes.BadTooManyArguments);
        }

        var results = declared.Zip(inputs, (argument, input) => AttributeService.Matches(argument.DataType, argument.ValueRank, input, space)
            || (input.Value is null && argument.ValueRank >= 0) ? StatusCodes.Good : StatusCodes.BadTypeMismatch).ToArray();
        return results.Any(result => result.IsBad) ? new CallMethodResult(StatusCodes.BadInvalidArgument, results, [], []) : null;
    }
}
