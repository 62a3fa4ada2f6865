using Warehouse.Domain.Cranes;

namespace Warehouse.Contracts;

/// <summary>A crane and its aisle. Key: warehouse/aisle, <c>MAIN/A01</c>.</summary>
[Alias("crane")]
public interface ICraneGrain : IStreamGrain<CraneState>;
