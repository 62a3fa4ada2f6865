using System.Collections.Immutable;
using System.Text.Json;

namespace Warehouse.Domain.Layout.Lif;

/// <summary>A value of a layout file with the path that leads to it; what is wrong with it is noted under that path.</summary>
internal readonly struct LifValue(JsonElement? value, string path, List<LayoutFinding> findings)
{
    private const long MostMillimetres = 10_000_000;

    /// <summary>Whether it is there and not null.</summary>
    public bool Exists => value is { ValueKind: not JsonValueKind.Null };

    /// <summary>A property of an object; of anything else there is none.</summary>
    public LifValue Property(string name)
    {
        JsonElement? found = value is { ValueKind: JsonValueKind.Object } it && it.TryGetProperty(name, out var one) ? one : null;
        return new(found, path == "$" ? name : $"{path}.{name}", findings);
    }

    /// <summary>The items of an array, which must be there; none when there are too many.</summary>
    public ImmutableArray<LifValue> Items(int most)
    {
        if (value is not { ValueKind: JsonValueKind.Array } array)
        {
            Wrong(Exists ? LayoutRule.Malformed : LayoutRule.Missing, Exists ? "it must be an array" : "it must be there");
            return [];
        }

        var length = array.GetArrayLength();
        if (length > most)
        {
            Wrong(LayoutRule.TooLarge, $"it has {length} items, {most} are the most");
            return [];
        }

        var items = ImmutableArray.CreateBuilder<LifValue>(length);
        foreach (var item in array.EnumerateArray())
        {
            items.Add(new(item, $"{path}[{items.Count}]", findings));
        }

        return items.MoveToImmutable();
    }

    /// <summary>The items of an array that may be missing.</summary>
    public ImmutableArray<LifValue> ItemsIfAny(int most) => Exists ? Items(most) : [];

    /// <summary>A text, which must be there.</summary>
    public string? Text(int longest)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
        {
            Wrong(Exists ? LayoutRule.Malformed : LayoutRule.Missing, Exists ? "it must be a text" : "it must be there");
            return null;
        }

        var read = text.GetString()!;
        if (read.Length <= longest)
        {
            return read;
        }

        Wrong(LayoutRule.TooLarge, $"it has {read.Length} characters, {longest} are the most");
        return null;
    }

    /// <summary>Whether it is this text; anything else is not.</summary>
    public bool Is(string text) => value is { ValueKind: JsonValueKind.String } it && it.ValueEquals(text);

    /// <summary>True or false; the other value when it is not there.</summary>
    public bool Flag(bool otherwise) => value?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => otherwise,
    };

    /// <summary>Metres, which must be there, as whole millimetres.</summary>
    public int? Millimetres()
    {
        if (value is not { ValueKind: JsonValueKind.Number } number)
        {
            Wrong(Exists ? LayoutRule.Malformed : LayoutRule.Missing, Exists ? "it must be a number of metres" : "it must be there");
            return null;
        }

        if (number.TryGetDecimal(out var metres) && Math.Abs(metres) <= MostMillimetres / 1000)
        {
            return (int)Math.Round(metres * 1000);
        }

        Wrong(LayoutRule.Malformed, $"it must lie within {MostMillimetres / 1000} m of the origin");
        return null;
    }

    /// <summary>Metres (or metres a second) that may be missing, as whole millimetres.</summary>
    public int? MillimetresIfAny() => Exists ? Millimetres() : null;

    /// <summary>Notes what is wrong here.</summary>
    public void Wrong(LayoutRule rule, string reason)
    {
        if (findings.Count < LayoutRules.FindingsMost)
        {
            findings.Add(new(rule, path, reason));
        }
    }
}
