using System.Globalization;
using Warehouse.Dashboard.Board;
using Warehouse.Journal;
using Warehouse.Silo.Hosting;
using Warehouse.Simulation.Checking;

namespace Warehouse.Silo.Demo;

/// <summary>The process from its first line to its last.</summary>
public static class DemoRun
{
    /// <summary>Runs the house until it is told to stop or, with <c>--once</c>, until the sample is worked off; gives the exit code.</summary>
    public static async Task<int> Until(WarehouseHost house)
    {
        var app = house.App;
        await app.StartAsync();
        Console.WriteLine($"{What(house)}; Ctrl-C stops");
        var code = 0;
        if (house.Settings.Process.Once && house.Settings.Process.Runs("silo"))
        {
            code = await Once(app.Services, app.Lifetime.ApplicationStopping);
            app.Lifetime.StopApplication();
        }

        await app.WaitForShutdownAsync();
        SayWhatIsOpen(app.Services);
        return code;
    }

    private static string What(WarehouseHost house) => house.Settings switch
    {
        { Process: var process } all when process.Runs("silo") =>
            $"{house.Url}  {(process.Runs("page") ? "page and API" : "API")}; data in {Path.GetFullPath(all.Data.Folder)}",
        { Process: var process } all when process.Runs("page") => $"{house.Url}  page of {all.Api.Upstream}",
        var all => $"{all.Process.Roles} running",
    };

    private static async Task<int> Once(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            await services.GetRequiredService<SampleFeed>().Done.WaitAsync(stop);
            await services.GetRequiredService<Quiet>().Wait(stop);
        }
        catch (OperationCanceledException)
        {
            return 1;
        }

        return await Judge(services);
    }

    private static async Task<int> Judge(IServiceProvider services)
    {
        var checker = await JournalChecker.Read(services.GetRequiredService<IJournalStore>(), services.GetRequiredService<JournalCodec>());
        var balance = checker.Finish();
        var board = services.GetRequiredService<FloorBoard>();
        var orders = board.Snapshot().Orders;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{orders.Placed} orders: {orders.Shipped} shipped, {orders.Closed} closed, {orders.Cancelled} cancelled, {orders.AwaitingStock} wait for stock"));
        foreach (var one in board.Exceptions())
        {
            Console.WriteLine($"  {one.Id}: {one.Reason}");
        }

        Console.WriteLine(balance);
        foreach (var finding in checker.Findings.All)
        {
            Console.WriteLine($"  {finding}");
        }

        Console.WriteLine(balance.Holds && checker.Findings.Count == 0 ? "the books balance" : $"the books do not balance: {checker.Findings.Count} findings");
        return balance.Holds && checker.Findings.Count == 0 ? 0 : 1;
    }

    private static void SayWhatIsOpen(IServiceProvider services)
    {
        if (services.GetService<FloorBoard>() is { } board)
        {
            var orders = board.Snapshot().Orders;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"stopped; the journal holds everything. Open: {orders.Open} orders ({orders.Picking} being picked, {orders.Packed} packed, {orders.AwaitingStock} waiting for stock), {orders.ReturnsOpen} returns. The next start goes on from here."));
        }
    }
}
