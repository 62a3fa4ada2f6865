using Warehouse.Silo.Demo;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Settings;

if (args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

try
{
    var configuration = new ConfigurationBuilder()
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(CommandLine.Parse(args))
        .Build();
    var settings = WarehouseSettings.Read(configuration);
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
