using Warehouse.Bench.Cranes;
using Warehouse.Bench.Fleet;
using Warehouse.Bench.Journal;
using Warehouse.Bench.Mqtt;
using Warehouse.Bench.OpcUa;

if (args is ["journal", ..])
{
    var seconds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 3;
    await JournalBench.Run(TimeSpan.FromSeconds(seconds), Console.Out);
    return 0;
}

if (args is ["fleet", _, ..])
{
    return FleetBench.Run(args[1..], Console.Out);
}

if (args is ["fleet-soak", ..])
{
    return SoakBench.Run(args[1..], Console.Out);
}

if (args is ["mqtt", ..])
{
    return await MqttBench.Run(args[1..], Console.Out);
}

if (args is ["opcua", ..])
{
    return await OpcUaBench.Run(args[1..], Console.Out);
}

if (args is ["cranes"])
{
    CraneBench.Run(Console.Out);
    return 0;
}

Console.Error.WriteLine("""
    usage: dotnet run -c Release --project bench -- what
      journal [seconds per figure]
      fleet <instance.json> [--steps N] [--budget N] [--depth N] [--seed N]
      fleet-soak [moves] [seeds] [first seed] [map]
      mqtt [seconds | presses N RESTARTS | silent N]
      opcua [seconds per figure]
      cranes
    """);
return 1;
