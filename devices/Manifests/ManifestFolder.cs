using System.Collections.Immutable;
using Warehouse.Devices.Adapters;

namespace Warehouse.Devices.Manifests;

/// <summary>Manifests as they lie in a folder, one <c>*.json</c> a device.</summary>
public static class ManifestFolder
{
    /// <summary>Most files that are read.</summary>
    public const int MaxFiles = 10_000;

    /// <summary>Every manifest of the folder, in the order of ids; throws <see cref="ManifestException"/> at the first that is wrong.</summary>
    public static ImmutableArray<DeviceManifest> Load(string folder, AdapterCatalogue adapters)
    {
        var files = Directory.GetFiles(folder, "*.json");
        if (files.Length > MaxFiles)
        {
            throw new ManifestException(folder, "(folder)", $"at most {MaxFiles} files, and it has {files.Length}");
        }

        Array.Sort(files, string.CompareOrdinal);
        return new ManifestFile(adapters).ParseAll(files.Select(file => (Path.GetFileName(file), Bytes(file))));
    }

    private static ReadOnlyMemory<byte> Bytes(string file) => new FileInfo(file).Length > ManifestFile.MaxBytes
        ? throw new ManifestException(Path.GetFileName(file), "(file)", $"at most {ManifestFile.MaxBytes} bytes")
        : File.ReadAllBytes(file);
}
