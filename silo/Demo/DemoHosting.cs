using Warehouse.Dashboard.Board;
using Warehouse.Journal;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Intake;

namespace Warehouse.Silo.Demo;

/// <summary>Registers intake and demonstration.</summary>
public static class DemoHosting
{
    /// <summary>Adds the one way in for orders.</summary>
    public static IServiceCollection AddWarehouseIntake(this IServiceCollection services)
    {
        services.AddSingleton<OrderIntake>();
        services.AddSingleton<Catalogue>();
        return services;
    }

    /// <summary>Adds the opening of the floor, the sample's feed and the console's progress.</summary>
    public static IServiceCollection AddWarehouseDemo(this IServiceCollection services)
    {
        services.AddSingleton<FloorOpening>();
        services.AddSingleton<FurtherOrders>();
        services.AddSingleton<SampleFeed>();
        services.AddSingleton(house => new Quiet(
            house.GetRequiredService<IJournalStore>(), house.GetRequiredService<FloorBoard>(),
            house.GetRequiredKeyedService<TimeProvider>(JournalHosting.WarehouseClock)));
        services.AddHostedService<Progress>();
        services.AddSiloLife("sample", SiloLife.AfterGrains + 1, StartFeed, house => house.GetRequiredService<SampleFeed>().Stop());
        return services;
    }

    private static Task StartFeed(IServiceProvider house)
    {
        house.GetRequiredService<SampleFeed>().Start();
        return Task.CompletedTask;
    }
}
