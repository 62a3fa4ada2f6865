using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>CreateSubscription (Part 4, 5.14.2).</summary>
[BinaryEncoding(787)]
public sealed record CreateSubscriptionRequest(
    RequestHeader RequestHeader, double RequestedPublishingInterval, uint RequestedLifetimeCount, uint RequestedMaxKeepAliveCount,
    uint MaxNotificationsPerPublish, bool PublishingEnabled, byte Priority) : IRequest;

/// <summary>CreateSubscription (Part 4, 5.14.2).</summary>
[BinaryEncoding(790)]
public sealed record CreateSubscriptionResponse(
    ResponseHeader ResponseHeader, uint SubscriptionId, double RevisedPublishingInterval, uint RevisedLifetimeCount, uint RevisedMaxKeepAliveCount) : IResponse;

/// <summary>ModifySubscription (Part 4, 5.14.3).</summary>
[BinaryEncoding(793)]
public sealed record ModifySubscriptionRequest(
    RequestHeader RequestHeader, uint SubscriptionId, double RequestedPublishingInterval, uint RequestedLifetimeCount, uint RequestedMaxKeepAliveCount,
    uint MaxNotificationsPerPublish, byte Priority) : IRequest;

/// <summary>ModifySubscription (Part 4, 5.14.3).</summary>
[BinaryEncoding(796)]
public sealed record ModifySubscriptionResponse(
    ResponseHeader ResponseHeader, double RevisedPublishingInterval, uint RevisedLifetimeCount, uint RevisedMaxKeepAliveCount) : IResponse;

/// <summary>SetPublishingMode (Part 4, 5.14.4).</summary>
[BinaryEncoding(799)]
public sealed record SetPublishingModeRequest(RequestHeader RequestHeader, bool PublishingEnabled, uint[] SubscriptionIds) : IRequest;

/// <summary>SetPublishingMode (Part 4, 5.14.4).</summary>
[BinaryEncoding(802)]
public sealed record SetPublishingModeResponse(ResponseHeader ResponseHeader, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>SubscriptionAcknowledgement (Part 4, 5.14.5).</summary>
public sealed record SubscriptionAcknowledgement(uint SubscriptionId, uint SequenceNumber);

/// <summary>NotificationMessage (Part 4, 7.26).</summary>
public sealed record NotificationMessage(uint SequenceNumber, DateTime PublishTime, ExtensionObject[] NotificationData);

/// <summary>Publish (Part 4, 5.14.5).</summary>
[BinaryEncoding(826)]
public sealed record PublishRequest(RequestHeader RequestHeader, SubscriptionAcknowledgement[] SubscriptionAcknowledgements) : IRequest;

/// <summary>Publish (Part 4, 5.14.5).</summary>
[BinaryEncoding(829)]
public sealed record PublishResponse(
    ResponseHeader ResponseHeader, uint SubscriptionId, uint[] AvailableSequenceNumbers, bool MoreNotifications, NotificationMessage NotificationMessage,
    StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>Republish (Part 4, 5.14.6).</summary>
[BinaryEncoding(832)]
public sealed record RepublishRequest(RequestHeader RequestHeader, uint SubscriptionId, uint RetransmitSequenceNumber) : IRequest;

/// <summary>Republish (Part 4, 5.14.6).</summary>
[BinaryEncoding(835)]
public sealed record RepublishResponse(ResponseHeader ResponseHeader, NotificationMessage NotificationMessage) : IResponse;

/// <summary>TransferResult (Part 4, 5.14.7).</summary>
public sealed record TransferResult(StatusCode StatusCode, uint[] AvailableSequenceNumbers);

/// <summary>TransferSubscriptions (Part 4, 5.14.7).</summary>
[BinaryEncoding(841)]
public sealed record TransferSubscriptionsRequest(RequestHeader RequestHeader, uint[] SubscriptionIds, bool SendInitialValues) : IRequest;

/// <summary>TransferSubscriptions (Part 4, 5.14.7).</summary>
[BinaryEncoding(844)]
public sealed record TransferSubscriptionsResponse(ResponseHeader ResponseHeader, TransferResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>DeleteSubscriptions (Part 4, 5.14.8).</summary>
[BinaryEncoding(847)]
public sealed record DeleteSubscriptionsRequest(RequestHeader RequestHeader, uint[] SubscriptionIds) : IRequest;

/// <summary>DeleteSubscriptions (Part 4, 5.14.8).</summary>
[BinaryEncoding(850)]
public sealed record DeleteSubscriptionsResponse(ResponseHeader ResponseHeader, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;
