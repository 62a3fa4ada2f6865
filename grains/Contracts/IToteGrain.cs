using Warehouse.Domain.Totes;

namespace Warehouse.Contracts;

/// <summary>A tote. Key: its licence plate, <c>T000123</c>.</summary>
[Alias("tote")]
public interface IToteGrain : IStreamGrain<ToteState>;
