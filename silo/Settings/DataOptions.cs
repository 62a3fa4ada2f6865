namespace Warehouse.Silo.Settings;

/// <summary>Where the house keeps what it must not forget.</summary>
public sealed record DataOptions
{
    /// <summary>Folder of journal, snapshots and lock. Default: data, under the current folder.</summary>
    public string Folder { get; init; } = "data";

    internal void Check(Breaches breaches) =>
        breaches.Unless(!string.IsNullOrWhiteSpace(Folder), "Warehouse:Data:Folder", "is empty");
}
