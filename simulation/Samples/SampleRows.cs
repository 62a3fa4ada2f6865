using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;

namespace Warehouse.Simulation.Samples;

/// <summary>One row of <c>orders.csv</c>: a line of an order, or of a reversal.</summary>
public sealed record OrderRow(
    string Channel, string ExternalId, bool IsReversal, int Line, string Sku, int Quantity, long UnitPriceMinor, string Currency,
    Moment PlacedAt, string Customer, string Name, string Street, string City, string Postcode, string Country, string Payment);

/// <summary>One row of <c>products.csv</c>.</summary>
public sealed record ProductRow(
    Sku Sku, string Description, int MassGrams, int LengthMillimetres, int WidthMillimetres, int HeightMillimetres,
    string Barcode, int UnitsPerTote);

/// <summary>One row of <c>stock.csv</c>: a tote in its bin.</summary>
public sealed record StockRow(WarehouseId Warehouse, Sku Sku, LotId Lot, string Lpn, string Aisle, string Bin, int Quantity);

/// <summary>Where a country, or a postcode area of Great Britain, lies.</summary>
public sealed record PlaceRow(string Country, string Area, int LatitudeMicrodegrees, int LongitudeMicrodegrees);

/// <summary>A code that is no goods.</summary>
public sealed record ChargeRow(string Code, string Kind, string Name);
