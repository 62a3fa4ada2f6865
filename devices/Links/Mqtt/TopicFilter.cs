namespace Warehouse.Devices.Links.Mqtt;

/// <summary>MQTT topic names and filters (MQTT 5, section 4.7).</summary>
public static class TopicFilter
{
    /// <summary>Longest topic or filter that we use or accept, in characters.</summary>
    public const int MaxLength = 1_024;

    /// <summary>True when a message may be published to it: not empty, no wildcard, no null character.</summary>
    public static bool IsTopic(string? topic) =>
        !string.IsNullOrEmpty(topic) && topic.Length <= MaxLength && topic.AsSpan().IndexOfAny('+', '#', '\0') < 0;

    /// <summary>True when it may be subscribed: + and # stand alone in their level, and # only in the last.</summary>
    public static bool IsFilter(string? filter)
    {
        if (string.IsNullOrEmpty(filter) || filter.Length > MaxLength || filter.Contains('\0'))
        {
            return false;
        }

        foreach (var range in filter.AsSpan().Split('/'))
        {
            var level = filter.AsSpan()[range];
            var last = range.End.Value == filter.Length;
            if ((level.Contains('#') && !(level is "#" && last)) || (level.Contains('+') && level is not "+"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when it matches by more than equality.</summary>
    public static bool HasWildcard(string filter) => filter.AsSpan().IndexOfAny('+', '#') >= 0;

    /// <summary>True when a message on <paramref name="topic"/> belongs to <paramref name="filter"/>. Topics of the broker itself ($SYS) match no leading wildcard.</summary>
    public static bool Matches(string filter, string topic)
    {
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#')))
        {
            return false;
        }

        ReadOnlySpan<char> pattern = filter, rest = topic;
        while (true)
        {
            var level = Level(ref pattern, out var patternEnds);
            if (level is "#")
            {
                return true;
            }

            var part = Level(ref rest, out var topicEnds);
            if (level is not "+" && !level.SequenceEqual(part))
            {
                return false;
            }

            if (patternEnds || topicEnds)
            {
                return patternEnds == topicEnds || (topicEnds && pattern is "#");
            }
        }
    }

    /// <summary>True when <paramref name="allowed"/> matches every topic that <paramref name="filter"/> matches: a right to hear all of it.</summary>
    public static bool Covers(string allowed, string filter)
    {
        if (filter.StartsWith('$') && (allowed.StartsWith('+') || allowed.StartsWith('#')))
        {
            return false;
        }

        ReadOnlySpan<char> pattern = allowed, rest = filter;
        while (true)
        {
            var level = Level(ref pattern, out var patternEnds);
            if (level is "#")
            {
                return true;
            }

            var part = Level(ref rest, out var filterEnds);
            if (part is "#" || (level is not "+" && !level.SequenceEqual(part)))
            {
                return false;
            }

            if (patternEnds || filterEnds)
            {
                return patternEnds == filterEnds || (filterEnds && pattern is "#");
            }
        }
    }

    private static ReadOnlySpan<char> Level(ref ReadOnlySpan<char> rest, out bool ends)
    {
        var slash = rest.IndexOf('/');
        ends = slash < 0;
        var level = ends ? rest : rest[..slash];
        rest = ends ? [] : rest[(slash + 1)..];
        return level;
    }
}
