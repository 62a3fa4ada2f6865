using Warehouse.Journal;
using Warehouse.Silo.Hosting;

namespace Warehouse.Silo.Api;

/// <summary>What a virtual plant of its own process has to know before it moves.</summary>
public static class PlantApi
{
    /// <summary>Maps /api/plant. It reads the journal through, so it is for a start and not for a dashboard.</summary>
    public static void MapPlant(this WebApplication app) =>
        app.MapGet(
                FleetSeen.Path,
                (IJournalStore store, JournalCodec codec, [FromKeyedServices(JournalHosting.WarehouseClock)] TimeProvider floor) =>
                    FleetSeen.Read(store, codec, floor))
            .WithTags("Floor").WithSummary("The floor's time, and where the journal last saw each vehicle: for a virtual plant that starts.");
}
