using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Layout.Lif;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Floors;

/// <summary>
/// The commands about layout files, which start nothing: <c>check-floor FILE</c> says what is wrong with one, and
/// <c>write-floor WAREHOUSE FILE</c> writes a warehouse of the sample as one.
/// </summary>
internal static class FloorFiles
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["--layout"] = "the layout's id", ["--vehicle-type"] = "the vehicle type's id", ["--length"] = "millimetres",
        ["--width"] = "millimetres", ["--samples"] = "a folder",
    };

    /// <summary>Exit code: 0 when the floor is sound, 1 when it is not. A wrong word throws <see cref="SettingException"/>.</summary>
    public static int Check(IReadOnlyList<string> args, TextWriter report)
    {
        var (file, options) = Split(args, 1);
        var needs = LayoutNeeds.Of(Millimetres(options, "--length", 1200), Millimetres(options, "--width", 800));
        var info = new FileInfo(file[0]);
        if (!info.Exists || info.Length > LifFile.MostBytes)
        {
            throw new SettingException(info.Exists ? $"{file[0]} has more than {LifFile.MostBytes} bytes" : $"there is no file {file[0]}");
        }

        var (layout, findings) = LifFile.Read(
            File.ReadAllBytes(file[0]), options.GetValueOrDefault("--layout"), options.GetValueOrDefault("--vehicle-type"), needs);
        foreach (var finding in findings)
        {
            report.WriteLine($"{finding.Rule}: {finding}");
        }

        report.WriteLine(layout is null
            ? $"{findings.Length} findings; the floor could not be read"
            : $"floor {layout.Floor}: {layout.Nodes.Length} nodes, {layout.Edges.Length} edges, {layout.Stations.Length} stations, "
              + $"{layout.Nodes.Count(node => node.Uses.HasFlag(NodeUses.Charging))} chargers; {findings.Length} findings");
        return findings.IsEmpty ? 0 : 1;
    }

    /// <summary>Writes the floor of one of the sample's warehouses as a LIF file. Exit code 0.</summary>
    public static int Write(IReadOnlyList<string> args, TimeProvider time, TextWriter report)
    {
        var (words, options) = Split(args, 2);
        var files = SampleFiles.Read(name => new StreamReader(Path.Combine(options.GetValueOrDefault("--samples", "samples"), name)));
        var plan = files.Floor.FirstOrDefault(one => one.Id.Text == words[0])
            ?? throw new SettingException($"there is no warehouse {words[0]}, but {string.Join(", ", files.Floor.Select(one => one.Id))}");
        File.WriteAllBytes(
            words[1], LifWriter.Write(FloorPlan.Of(plan).ToLayout(), "virtual.tote", Moment.Of(time.GetUtcNow())));
        report.WriteLine($"{words[1]}: the floor of {plan.Id}");
        return 0;
    }

    private static (string[] Words, Dictionary<string, string> Options) Split(IReadOnlyList<string> args, int words)
    {
        var (found, options) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        for (var i = 1; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                found.Add(args[i]);
            }
            else if (Options.TryGetValue(args[i], out var meaning))
            {
                options[args[i]] = ++i < args.Count ? args[i] : throw new SettingException($"{args[i - 1]} needs {meaning}");
            }
            else
            {
                throw new SettingException($"unknown option {args[i]}; there are {string.Join(", ", Options.Keys)}");
            }
        }

        return found.Count == words ? ([.. found], options) : throw new SettingException(CommandLine.Help);
    }

    private static int Millimetres(Dictionary<string, string> options, string name, int otherwise) =>
        !options.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 20_000 ? value
        : throw new SettingException($"{name} must be 1 to 20000 millimetres");
}
