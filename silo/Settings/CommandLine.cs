namespace Warehouse.Silo.Settings;

/// <summary>The short words of the command line, as configuration keys. Every other key works as <c>--Warehouse:Api:Port 5081</c>.</summary>
public static class CommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        warehouse [options]
          --once             end when the sample is worked off, with the balance (exit 0 when it holds, else 1)
          --simulate         run the sample on the deterministic scheduler and end with the balance (exit 0 or 1)
          --expected FILE    with --simulate: compare with the output of eng/samples/expected.py
          --speed N          seconds on the floor in a real one (60)
          --data DIR         folder of the journal (data)
          --port N           HTTP port; when taken, the next free one (5080)
          --roles A,B        silo, broker, cranes, plant, page (all)
          --health           ask the silo with these settings whether it is up, and end (exit 0 when it is, else 1)
          --samples DIR      folder of the sample files (samples)
          --seed N           seed of whatever is drawn (1)
          --Warehouse:Section:Key VALUE   any other setting, see docs/how-to/run.md
        warehouse check-floor FILE [--layout ID] [--vehicle-type ID] [--length MM] [--width MM]
                             say what is wrong with a layout file (VDMA LIF); exit 0 when nothing is, else 1
        warehouse write-floor WAREHOUSE FILE [--samples DIR]
                             write the floor of one of the sample's warehouses as such a file
        """;

    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["--speed"] = "Warehouse:Demo:Speed",
        ["--samples"] = "Warehouse:Demo:Samples",
        ["--data"] = "Warehouse:Data:Folder",
        ["--port"] = "Warehouse:Api:Port",
        ["--roles"] = "Warehouse:Process:Roles",
        ["--expected"] = "Warehouse:Process:Expected",
        ["--seed"] = "Warehouse:Process:Seed",
    };

    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--once"] = "Warehouse:Process:Once",
        ["--simulate"] = "Warehouse:Process:Simulate",
    };

    /// <summary>The arguments as pairs of configuration key and value; an unknown word or a missing value throws <see cref="SettingException"/>.</summary>
    public static IReadOnlyDictionary<string, string?> Parse(IReadOnlyList<string> args)
    {
        var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (word, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (Switches.TryGetValue(word, out var flag))
            {
                found[flag] = value ?? "true";
            }
            else if (Values.TryGetValue(word, out var key) || IsKey(word, out key))
            {
                found[key] = value ?? (++i < args.Count ? args[i] : throw new SettingException($"{word} needs a value"));
            }
            else
            {
                throw new SettingException($"unknown option {word}{Environment.NewLine}{Help}");
            }
        }

        return found;
    }

    private static bool IsKey(string word, out string key)
    {
        key = word.TrimStart('-');
        return word.StartsWith("--Warehouse:", StringComparison.OrdinalIgnoreCase);
    }
}
