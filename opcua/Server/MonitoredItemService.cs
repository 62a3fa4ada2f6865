using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>The monitored item services (Part 4, 5.13). Values are queued as they change: no sampling interval is too short.</summary>
internal static class MonitoredItemService
{
    public static CreateMonitoredItemsResponse Create(
        ServerSession session, ServerSubscription subscription, CreateMonitoredItemsRequest request, ServerOptions options, ResponseHeader good)
    {
        Operations.Check(request.ItemsToCreate.Length, options);
        lock (session.Space.Gate)
        {
            return new CreateMonitoredItemsResponse(
                good, [.. request.ItemsToCreate.Select(item => Create(session.Space, subscription, item, request.TimestampsToReturn, options))], []);
        }
    }

    public static ModifyMonitoredItemsResponse Modify(
        ServerSession session, ServerSubscription subscription, ModifyMonitoredItemsRequest request, ServerOptions options, ResponseHeader good)
    {
        Operations.Check(request.ItemsToModify.Length, options);
        lock (session.Space.Gate)
        {
            return new ModifyMonitoredItemsResponse(good, [.. request.ItemsToModify.Select(change =>
            {
                if (subscription.Item(change.MonitoredItemId) is not { } item)
                {
                    return new MonitoredItemModifyResult(StatusCodes.BadMonitoredItemIdInvalid, 0, 0, ExtensionObject.Null);
                }

                var status = Apply(item, change.RequestedParameters, item.EventFilter is not null, options);
                return new MonitoredItemModifyResult(status, change.RequestedParameters.SamplingInterval, item.QueueSize, ExtensionObject.Null);
            })], []);
        }
    }

    public static SetMonitoringModeResponse SetMode(
        ServerSession session, ServerSubscription subscription, SetMonitoringModeRequest request, ServerOptions options, ResponseHeader good)
    {
        Operations.Check(request.MonitoredItemIds.Length, options);
        if (!Enum.IsDefined(request.MonitoringMode))
        {
            throw new OpcUaException(StatusCodes.BadMonitoringModeInvalid);
        }

        lock (session.Space.Gate)
        {
            return new SetMonitoringModeResponse(good, [.. request.MonitoredItemIds.Select(id =>
            {
                subscription.Item(id)?.SetMode(request.MonitoringMode);
                return subscription.Item(id) is null ? StatusCodes.BadMonitoredItemIdInvalid : StatusCodes.Good;
            })], []);
        }
    }

    public static DeleteMonitoredItemsResponse Delete(
        ServerSession session, ServerSubscription subscription, DeleteMonitoredItemsRequest request, ServerOptions options, ResponseHeader good)
    {
        Operations.Check(request.MonitoredItemIds.Length, options);
        lock (session.Space.Gate)
        {
            return new DeleteMonitoredItemsResponse(
                good, [.. request.MonitoredItemIds.Select(id => subscription.Remove(id) ? StatusCodes.Good : StatusCodes.BadMonitoredItemIdInvalid)], []);
        }
    }

    private static MonitoredItemCreateResult Create(
        AddressSpace space, ServerSubscription subscription, MonitoredItemCreateRequest request, TimestampsToReturn timestamps, ServerOptions options)
    {
        var what = request.ItemToMonitor;
        if (subscription.ItemCount >= options.MaxMonitoredItems)
        {
            return Refused(StatusCodes.BadTooManyMonitoredItems);
        }

        if (space.Find(what.NodeId) is not { } node)
        {
            return Refused(StatusCodes.BadNodeIdUnknown);
        }

        var events = what.AttributeId == AttributeId.EventNotifier;
        if (events ? (node.EventNotifier & 1) == 0 : Attributes.Read(node, what, space).StatusCode == StatusCodes.BadAttributeIdInvalid)
        {
            return Refused(StatusCodes.BadAttributeIdInvalid);
        }

        var probe = new ServerMonitoredItem(0, subscription, node, what, space);
        if (Apply(probe, request.RequestedParameters, events, options) is { IsBad: true } status)
        {
            return Refused(status);
        }

        var item = subscription.Add(id => new ServerMonitoredItem(id, subscription, node, what, space) { Timestamps = timestamps });
        Apply(item, request.RequestedParameters, events, options);
        item.SetMode(request.MonitoringMode);
        item.OfferPresent();
        var result = item.EventFilter is { } filter
            ? ExtensionObject.Of(new EventFilterResult([.. filter.SelectClauses.Select(_ => StatusCodes.Good)], [], new ContentFilterResult([], [])))
            : ExtensionObject.Null;
        var sampling = request.RequestedParameters.SamplingInterval;
        return new MonitoredItemCreateResult(StatusCodes.Good, item.Id, sampling < 0 ? subscription.PublishingInterval : sampling, item.QueueSize, result);
    }

    private static StatusCode Apply(ServerMonitoredItem item, MonitoringParameters parameters, bool events, ServerOptions options)
    {
        switch (parameters.Filter.Body)
        {
            case null when !events:
                item.Filter = null;
                break;
            case DataChangeFilter filter when !events:
                if (filter.DeadbandType > (uint)DeadbandType.Absolute || !Enum.IsDefined(filter.Trigger))
                {
                    return StatusCodes.BadMonitoredItemFilterUnsupported;
                }

                item.Filter = filter.DeadbandValue >= 0 ? filter : null;
                break;
            case EventFilter filter when events:
                if (EventFilters.Check(filter) is { IsBad: true } status)
                {
                    return status;
                }

                item.EventFilter = filter;
                break;
            case DataChangeFilter or EventFilter:
                return StatusCodes.BadFilterNotAllowed;
            default:
                return events ? StatusCodes.BadEventFilterInvalid : StatusCodes.BadMonitoredItemFilterUnsupported;
        }

        item.ClientHandle = parameters.ClientHandle;
        item.QueueSize = Math.Clamp(parameters.QueueSize == 0 && events ? options.MaxQueueSize : parameters.QueueSize, 1, options.MaxQueueSize);
        item.DiscardOldest = parameters.DiscardOldest;
        return StatusCodes.Good;
    }

    private static MonitoredItemCreateResult Refused(StatusCode status) => new(status, 0, 0, 0, ExtensionObject.Null);
}
