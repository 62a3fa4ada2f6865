using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>MonitoringMode (Part 4, 7.23).</summary>
public enum MonitoringMode
{
    Disabled = 0, Sampling = 1, Reporting = 2,
}

/// <summary>MonitoringParameters (Part 4, 7.21).</summary>
public sealed record MonitoringParameters(uint ClientHandle, double SamplingInterval, ExtensionObject Filter, uint QueueSize, bool DiscardOldest);

/// <summary>MonitoredItemCreateRequest (Part 4, 5.13.2).</summary>
public sealed record MonitoredItemCreateRequest(ReadValueId ItemToMonitor, MonitoringMode MonitoringMode, MonitoringParameters RequestedParameters);

/// <summary>MonitoredItemCreateResult (Part 4, 5.13.2).</summary>
public sealed record MonitoredItemCreateResult(
    StatusCode StatusCode, uint MonitoredItemId, double RevisedSamplingInterval, uint RevisedQueueSize, ExtensionObject FilterResult);

/// <summary>CreateMonitoredItems (Part 4, 5.13.2).</summary>
[BinaryEncoding(751)]
public sealed record CreateMonitoredItemsRequest(
    RequestHeader RequestHeader, uint SubscriptionId, TimestampsToReturn TimestampsToReturn, MonitoredItemCreateRequest[] ItemsToCreate) : IRequest;

/// <summary>CreateMonitoredItems (Part 4, 5.13.2).</summary>
[BinaryEncoding(754)]
public sealed record CreateMonitoredItemsResponse(
    ResponseHeader ResponseHeader, MonitoredItemCreateResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>MonitoredItemModifyRequest (Part 4, 5.13.3).</summary>
public sealed record MonitoredItemModifyRequest(uint MonitoredItemId, MonitoringParameters RequestedParameters);

/// <summary>MonitoredItemModifyResult (Part 4, 5.13.3).</summary>
public sealed record MonitoredItemModifyResult(
    StatusCode StatusCode, double RevisedSamplingInterval, uint RevisedQueueSize, ExtensionObject FilterResult);

/// <summary>ModifyMonitoredItems (Part 4, 5.13.3).</summary>
[BinaryEncoding(763)]
public sealed record ModifyMonitoredItemsRequest(
    RequestHeader RequestHeader, uint SubscriptionId, TimestampsToReturn TimestampsToReturn, MonitoredItemModifyRequest[] ItemsToModify) : IRequest;

/// <summary>ModifyMonitoredItems (Part 4, 5.13.3).</summary>
[BinaryEncoding(766)]
public sealed record ModifyMonitoredItemsResponse(
    ResponseHeader ResponseHeader, MonitoredItemModifyResult[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>SetMonitoringMode (Part 4, 5.13.4).</summary>
[BinaryEncoding(769)]
public sealed record SetMonitoringModeRequest(
    RequestHeader RequestHeader, uint SubscriptionId, MonitoringMode MonitoringMode, uint[] MonitoredItemIds) : IRequest;

/// <summary>SetMonitoringMode (Part 4, 5.13.4).</summary>
[BinaryEncoding(772)]
public sealed record SetMonitoringModeResponse(ResponseHeader ResponseHeader, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;

/// <summary>DeleteMonitoredItems (Part 4, 5.13.6).</summary>
[BinaryEncoding(781)]
public sealed record DeleteMonitoredItemsRequest(RequestHeader RequestHeader, uint SubscriptionId, uint[] MonitoredItemIds) : IRequest;

/// <summary>DeleteMonitoredItems (Part 4, 5.13.6).</summary>
[BinaryEncoding(784)]
public sealed record DeleteMonitoredItemsResponse(ResponseHeader ResponseHeader, StatusCode[] Results, DiagnosticInfo[] DiagnosticInfos) : IResponse;
