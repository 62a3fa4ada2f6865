namespace Warehouse.Silo.Settings;

/// <summary>The demonstration: a made-up floor, real orders, time that runs faster.</summary>
public sealed record DemoOptions
{
    /// <summary>Feed the sample's orders. Off: only what comes in over HTTP. Default on.</summary>
    public bool Orders { get; init; } = true;

    /// <summary>How many seconds pass on the floor in a real one. Default 60; 1 on a real floor.</summary>
    public int Speed { get; init; } = 60;

    /// <summary>Folder with floor.json, stock.csv, products.csv, geography.csv, charges.csv and orders.csv.</summary>
    public string Samples { get; init; } = "samples";

    /// <summary>At most so many of the sample's invoices are fed; 0 for all of them. Default 0.</summary>
    public int MaxInvoices { get; init; }

    /// <summary>Orders an hour of floor time that keep it moving once the sample is worked off. Default 90; 0 for none.</summary>
    public int FurtherOrdersPerHour { get; init; } = 90;

    /// <summary>Seconds between two lines of progress on the console; 0 for none. Default 5.</summary>
    public int ProgressSeconds { get; init; } = 5;

    internal void Check(Breaches breaches)
    {
        breaches.Between("Warehouse:Demo:Speed", Speed, 1, 1_000);
        breaches.Between("Warehouse:Demo:MaxInvoices", MaxInvoices, 0, int.MaxValue);
        breaches.Between("Warehouse:Demo:FurtherOrdersPerHour", FurtherOrdersPerHour, 0, 10_000);
        breaches.Between("Warehouse:Demo:ProgressSeconds", ProgressSeconds, 0, 3_600);
        breaches.Unless(File.Exists(Path.Combine(Folder, "floor.json")), "Warehouse:Demo:Samples", $"'{Samples}' has no floor.json");
    }

    /// <summary>The folder of the samples: under the current folder or, in a container, beside the program.</summary>
    public string Folder => Directory.Exists(Samples) ? Samples : Path.Combine(AppContext.BaseDirectory, Samples);
}
