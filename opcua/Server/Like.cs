namespace Warehouse.OpcUa.Server;

/// <summary>The Like operator (Part 4, 7.7.3, table 120): % any text, _ any character, [] one of these, \ takes the next literally.</summary>
internal static class Like
{
    /// <summary>Steps for each character of text and pattern at most: a pattern of many % could else take for ever.</summary>
    private const int StepsPerPair = 4;

    public static bool Matches(string text, string pattern)
    {
        var steps = ((long)text.Length + 1) * (pattern.Length + 1) * StepsPerPair;
        int at = 0, p = 0, starAt = -1, starP = -1;
        while (at < text.Length && steps-- > 0)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                (starP, starAt) = (p++, at);
            }
            else if (p < pattern.Length && MatchesOne(text[at], pattern, ref p))
            {
                at++;
            }
            else if (starP >= 0)
            {
                (p, at) = (starP + 1, ++starAt);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '%')
        {
            p++;
        }

        return at == text.Length && p == pattern.Length;
    }

    private static bool MatchesOne(char character, string pattern, ref int p)
    {
        switch (pattern[p])
        {
            case '_':
                p++;
                return true;
            case '\\' when p + 1 < pattern.Length:
                p += 2;
                return pattern[p - 1] == character;
            case '[':
                var end = pattern.IndexOf(']', p);
                if (end < 0)
                {
                    return false;
                }

                var set = pattern.AsSpan(p + 1, end - p - 1);
                var not = set.Length > 0 && set[0] == '^';
                p = end + 1;
                return In(not ? set[1..] : set, character) != not;
            default:
                return pattern[p++] == character;
        }
    }

    private static bool In(ReadOnlySpan<char> set, char character)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (character >= set[i] && character <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == character)
            {
                return true;
            }
        }

        return false;
    }
}
