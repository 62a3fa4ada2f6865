namespace Warehouse.Silo.Settings;

/// <summary>Which parts of the house this process runs, and how it ends.</summary>
public sealed record RoleOptions
{
    private static readonly string[] Known = ["silo", "broker", "cranes", "plant", "page"];

    /// <summary>
    /// Parts, joined by commas: silo (decides), broker (embedded MQTT), cranes (virtual ones, beside the silo), plant
    /// (virtual vehicles, tags and pickers), page. Default: all.
    /// </summary>
    public string Roles { get; init; } = "silo,broker,cranes,plant,page";

    /// <summary>End when the sample is worked off, with the balance, instead of keeping the floor moving.</summary>
    public bool Once { get; init; }

    /// <summary>Run the sample on the deterministic scheduler, without network and page, and end with the balance.</summary>
    public bool Simulate { get; init; }

    /// <summary>With <see cref="Simulate"/>: the output of <c>eng/samples/expected.py</c> to compare the end with; empty for none.</summary>
    public string Expected { get; init; } = "";

    /// <summary>Seed of whatever is drawn (further orders, the simulation). Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>True when this process runs the part.</summary>
    public bool Runs(string role) => Names.Contains(role, StringComparer.Ordinal);

    internal void Check(Breaches breaches)
    {
        foreach (var name in Names)
        {
            breaches.Unless(Known.Contains(name, StringComparer.Ordinal), "Warehouse:Process:Roles", $"'{name}' is none of {string.Join(", ", Known)}");
        }

        breaches.Unless(!Runs("cranes") || Runs("silo"), "Warehouse:Process:Roles", "cranes live in the silo's process: there both sides trust each other from the start");
        breaches.Unless(Names.Length > 0, "Warehouse:Process:Roles", "names no part");
        breaches.Unless(Expected.Length == 0 || File.Exists(Expected), "Warehouse:Process:Expected", $"'{Expected}' is no file");
        breaches.Between("Warehouse:Process:Seed", Seed, 0, int.MaxValue);
    }

    private string[] Names => Roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
