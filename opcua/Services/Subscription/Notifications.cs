using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>MonitoredItemNotification (Part 4, 7.25.2).</summary>
public sealed record MonitoredItemNotification(uint ClientHandle, DataValue Value);

/// <summary>DataChangeNotification (Part 4, 7.25.2).</summary>
[BinaryEncoding(811)]
public sealed record DataChangeNotification(MonitoredItemNotification[] MonitoredItems, DiagnosticInfo[] DiagnosticInfos);

/// <summary>EventFieldList (Part 4, 7.25.3).</summary>
public sealed record EventFieldList(uint ClientHandle, Variant[] EventFields);

/// <summary>EventNotificationList (Part 4, 7.25.3).</summary>
[BinaryEncoding(916)]
public sealed record EventNotificationList(EventFieldList[] Events);

/// <summary>StatusChangeNotification (Part 4, 7.25.4).</summary>
[BinaryEncoding(820)]
public sealed record StatusChangeNotification(StatusCode Status, DiagnosticInfo? DiagnosticInfo);
