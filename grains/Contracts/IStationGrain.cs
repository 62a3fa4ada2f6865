using Warehouse.Domain.Picking;

namespace Warehouse.Contracts;

/// <summary>A pick station. Key: warehouse/station, <c>MAIN/S1</c>.</summary>
[Alias("station")]
public interface IStationGrain : IStreamGrain<StationState>;
