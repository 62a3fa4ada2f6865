using Warehouse.Domain.Orders;

namespace Warehouse.Contracts;

/// <summary>An order's whole life. Key: channel/external id, <c>uci/536365</c>.</summary>
[Alias("order")]
public interface IOrderGrain : IStreamGrain<OrderState>;
