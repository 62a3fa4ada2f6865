using Warehouse.Silo.Demo;
using Warehouse.Silo.Floors;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Settings;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

var asksHealth = args.Contains("--health");
try
{
    switch (args)
    {
        case ["check-floor", ..]: return FloorFiles.Check(args, Console.Out);
        case ["write-floor", ..]: return FloorFiles.Write(args, TimeProvider.System, Console.Out);
    }

    var configuration = new ConfigurationBuilder()
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(CommandLine.Parse([.. args.Where(word => word != "--health")]))
        .Build();
    var settings = WarehouseSettings.Read(configuration);
    if (asksHealth)
    {
        return await HealthQuestion.Ask(settings.Api) ? 0 : 1;
    }

    if (settings.Process.Simulate)
    {
        return await SimulateRun.Play(settings, Console.Out);
    }

    await using var house = await WarehouseHost.Build(settings);
    return await DemoRun.Until(house);
}
catch (Exception refused) when (refused is SettingException or DataFolderTakenException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}
