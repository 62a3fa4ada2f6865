namespace Warehouse.Silo.Settings;

/// <summary>Devices: where their manifests lie, and which adapters there are beside the house's own.</summary>
public sealed record DeviceOptions
{
    /// <summary>Folder of manifests, one <c>*.json</c> a device; it is watched. Empty: <c>devices</c> in the data folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Assemblies with adapters of one's own, by path, separated by ';'.</summary>
    public string Adapters { get; init; } = "";

    internal void Check(Breaches breaches)
    {
        foreach (var path in AdapterPaths)
        {
            breaches.Unless(File.Exists(path), "Warehouse:Devices:Adapters", $"there is no file '{path}'");
        }
    }

    /// <summary>The assemblies' whole paths.</summary>
    internal IEnumerable<string> AdapterPaths =>
        Adapters.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Path.GetFullPath);
}
