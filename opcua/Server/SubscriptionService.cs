using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>The subscription and monitored item services but Publish (Part 4, 5.13 and 5.14).</summary>
internal sealed class SubscriptionService(SessionTable sessions, ServerOptions options)
{
    public object? Run(ServerSession session, IRequest request, ResponseHeader good) => request switch
    {
        CreateSubscriptionRequest create => Create(session, create, good),
        ModifySubscriptionRequest modify => Modify(session, modify, good),
        SetPublishingModeRequest mode => new SetPublishingModeResponse(good, Each(mode.SubscriptionIds, id =>
        {
            Of(session, id).PublishingEnabled = mode.PublishingEnabled;
            return StatusCodes.Good;
        }), []),
        DeleteSubscriptionsRequest delete => new DeleteSubscriptionsResponse(good, Each(delete.SubscriptionIds, id =>
        {
            sessions.Delete(Of(session, id));
            return StatusCodes.Good;
        }), []),
        RepublishRequest again => new RepublishResponse(good, Of(session, again.SubscriptionId).Kept(again.RetransmitSequenceNumber)
            ?? throw new OpcUaException(StatusCodes.BadMessageNotAvailable)),
        TransferSubscriptionsRequest transfer => Transfer(session, transfer, good),
        CreateMonitoredItemsRequest create => MonitoredItemService.Create(session, Of(session, create.SubscriptionId), create, options, good),
        ModifyMonitoredItemsRequest modify => MonitoredItemService.Modify(session, Of(session, modify.SubscriptionId), modify, options, good),
        SetMonitoringModeRequest mode => MonitoredItemService.SetMode(session, Of(session, mode.SubscriptionId), mode, options, good),
        DeleteMonitoredItemsRequest delete => MonitoredItemService.Delete(session, Of(session, delete.SubscriptionId), delete, options, good),
        _ => null,
    };

    private CreateSubscriptionResponse Create(ServerSession session, CreateSubscriptionRequest request, ResponseHeader good)
    {
        if (sessions.Subscriptions().Count(one => one.Session == session) >= options.MaxSubscriptions)
        {
            throw new OpcUaException(StatusCodes.BadTooManySubscriptions);
        }

        var made = sessions.Add(id => new ServerSubscription(id, session, sessions, options, sessions.Clock, request));
        return new CreateSubscriptionResponse(good, made.Id, made.PublishingInterval, made.LifetimeCount, made.MaxKeepAliveCount);
    }

    private ModifySubscriptionResponse Modify(ServerSession session, ModifySubscriptionRequest request, ResponseHeader good)
    {
        var one = Of(session, request.SubscriptionId);
        one.Revise(
            request.RequestedPublishingInterval, request.RequestedLifetimeCount, request.RequestedMaxKeepAliveCount, request.MaxNotificationsPerPublish,
            request.Priority);
        return new ModifySubscriptionResponse(good, one.PublishingInterval, one.LifetimeCount, one.MaxKeepAliveCount);
    }

    /// <summary>Only the same user takes a subscription over, and under a policy no application but the one that made it (Part 4, 5.14.7.1).</summary>
    private TransferSubscriptionsResponse Transfer(ServerSession session, TransferSubscriptionsRequest request, ResponseHeader good)
    {
        Operations.Check(request.SubscriptionIds.Length, options);
        return new TransferSubscriptionsResponse(good, [.. request.SubscriptionIds.Select(id =>
            sessions.Subscription(id) is not { } one ? new TransferResult(StatusCodes.BadSubscriptionIdInvalid, [])
            : one.Session.User != session.User || one.Session.Policy != session.Policy ? new TransferResult(StatusCodes.BadUserAccessDenied, [])
            : new TransferResult(StatusCodes.Good, one.MoveTo(session, request.SendInitialValues)))], []);
    }

    private ServerSubscription Of(ServerSession session, uint id) =>
        sessions.Subscription(id) is { } one && one.Session == session ? one : throw new OpcUaException(StatusCodes.BadSubscriptionIdInvalid);

    private StatusCode[] Each(uint[] ids, Func<uint, StatusCode> run)
    {
        Operations.Check(ids.Length, options);
        return [.. ids.Select(id =>
        {
            try
            {
                return run(id);
            }
            catch (OpcUaException refused)
            {
                return refused.StatusCode;
            }
        })];
    }
}
