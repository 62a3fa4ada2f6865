using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains;

/// <summary>Brings a command to a stream by a grain call. Lost, late and repeated calls are the stream's daily bread.</summary>
public sealed class GrainRouter(IGrainFactory grains) : IRouter
{
    /// <inheritdoc/>
    public Task<Answer> Send(StreamId target, Envelope envelope) => Grain(target).Execute(envelope);

    private IStreamGrain Grain(StreamId target) => target.Noun switch
    {
        "order" => grains.GetGrain<IOrderGrain>(target.Key),
        "stock" => grains.GetGrain<IStockGrain>(target.Key),
        "tote" => grains.GetGrain<IToteGrain>(target.Key),
        "product" => grains.GetGrain<IProductGrain>(target.Key),
        "warehouse" => grains.GetGrain<IWarehouseGrain>(target.Key),
        "station" => grains.GetGrain<IStationGrain>(target.Key),
        "agv" => grains.GetGrain<IAgvGrain>(target.Key),
        "fleet" => grains.GetGrain<IFleetGrain>(target.Key),
        "crane" => grains.GetGrain<ICraneGrain>(target.Key),
        "parcel" => grains.GetGrain<IParcelGrain>(target.Key),
        "device" => grains.GetGrain<IDeviceGrain>(target.Key),
        "area" => grains.GetGrain<IAreaGrain>(target.Key),
        var noun => throw new InvalidOperationException($"no grain for the noun '{noun}' of {target}"),
    };
}
