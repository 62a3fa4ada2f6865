using System.Collections.Immutable;
using System.Text.Json;

namespace Warehouse.Domain.Layout.Lif;

/// <summary>
/// A layout file in VDMA's Layout Interchange Format, 1.0.0 (March 2024) or the 2.0.0 draft, read for one type of
/// vehicle: nodes and edges without an entry for that type are not for it (LIF 8.3.4, 8.3.8). Positions are metres there
/// and whole millimetres here. Of an edge the straight line is read, not its trajectory.
/// </summary>
public static class LifFile
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MostBytes = 32 << 20;

    /// <summary>Most nodes of a floor.</summary>
    public const int MostNodes = 50_000;

    /// <summary>Most edges of a floor.</summary>
    public const int MostEdges = 200_000;

    /// <summary>Most stations of a floor.</summary>
    public const int MostStations = 50_000;

    /// <summary>Most layouts of a file.</summary>
    public const int MostLayouts = 100;

    private const int Depth = 32;

    /// <summary>Reads one floor of a file and checks it.</summary>
    /// <param name="file">The file's bytes, UTF-8 with or without a mark.</param>
    /// <param name="layoutId">Which of its layouts; null when it has one.</param>
    /// <param name="vehicleType">For which type of vehicle; null for every entry of whatever type.</param>
    /// <param name="needs">What the floor must hold beside.</param>
    /// <returns>The floor, or none; and everything that is wrong with it. A floor with findings is not to be driven on.</returns>
    public static (FloorLayout? Layout, ImmutableArray<LayoutFinding> Findings) Read(
        ReadOnlyMemory<byte> file, string? layoutId, string? vehicleType, LayoutNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        if (file.Length > MostBytes)
        {
            return (null, [new(LayoutRule.TooLarge, "$", $"the file has {file.Length} bytes, {MostBytes} are the most")]);
        }

        var mark = file.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            using var document = JsonDocument.Parse(file[mark..], new JsonDocumentOptions { MaxDepth = Depth });
            return Read(document.RootElement, layoutId, vehicleType, needs);
        }
        catch (JsonException fault)
        {
            return (null, [new(
                LayoutRule.Malformed, $"line {(fault.LineNumber ?? 0) + 1}", "the file is not JSON, or is nested too deeply")]);
        }
    }

    private static (FloorLayout? Layout, ImmutableArray<LayoutFinding> Findings) Read(
        JsonElement root, string? layoutId, string? vehicleType, LayoutNeeds needs)
    {
        var findings = new List<LayoutFinding>();
        var file = new LifValue(root, "$", findings);
        var version = file.Property("metaInformation").Property("lifVersion").Text(64);
        if (version is not null && version.Split('.')[0] is not ("0" or "1" or "2"))
        {
            file.Property("metaInformation").Property("lifVersion").Wrong(LayoutRule.Malformed, $"version {version} is not known here; 1.0.0 and 2.0.0 are");
        }

        var layouts = file.Property("layouts").Items(MostLayouts);
        var chosen = layouts.Where(one => layoutId is null || one.Property("layoutId").Text(GrainIdLength) == layoutId).ToArray();
        if (chosen is not [var layout])
        {
            var ids = string.Join(", ", layouts.Take(10).Select(one => one.Property("layoutId").Text(GrainIdLength)));
            file.Property("layouts").Wrong(
                LayoutRule.Missing, layoutId is null ? $"there are several layouts, say which: {ids}" : $"there is not one layout {layoutId}, but: {ids}");
            return (null, Sorted(findings));
        }

        var floor = new LifReader(vehicleType, layouts).Floor(layout, needs);
        return findings.Count > 0
            ? (null, Sorted(findings))
            : (floor, LayoutRules.Broken(floor, needs));
    }

    private static ImmutableArray<LayoutFinding> Sorted(List<LayoutFinding> findings) => [.. findings.OrderBy(finding => finding.Rule)];

    private const int GrainIdLength = Deciding.GrainKey.MaxBytes;
}
