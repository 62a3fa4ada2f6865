using Warehouse.Domain.Shipping;

namespace Warehouse.Contracts;

/// <summary>A parcel. Key: its SSCC, 18 digits.</summary>
[Alias("parcel")]
public interface IParcelGrain : IStreamGrain<ParcelState>;
