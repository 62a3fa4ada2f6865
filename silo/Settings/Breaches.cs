using System.Globalization;

namespace Warehouse.Silo.Settings;

/// <summary>Gathers every setting that is out of bounds, so that a start fails once and names them all.</summary>
public sealed class Breaches
{
    private readonly List<string> _found = [];

    /// <summary>The value must lie between the bounds, both included.</summary>
    public void Between(string key, long value, long low, long high)
    {
        if (value < low || value > high)
        {
            _found.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, allowed is {low} to {high}"));
        }
    }

    /// <summary>What must hold does not.</summary>
    public void Unless(bool holds, string key, string rule)
    {
        if (!holds)
        {
            _found.Add($"{key}: {rule}");
        }
    }

    /// <summary>Throws when anything was found.</summary>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw new SettingException(string.Join(Environment.NewLine, _found));
        }
    }
}

/// <summary>A setting is out of bounds; the message names key and bound. The process does not start.</summary>
public sealed class SettingException(string message) : Exception(message);
