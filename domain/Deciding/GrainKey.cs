using System.Security.Cryptography;
using System.Text;

namespace Warehouse.Domain.Deciding;

/// <summary>
/// The one form of every key: parts of <c>[A-Za-z0-9._-]</c> joined by '/', at most <see cref="MaxBytes"/> in all.
/// Grain keys, topics, file names and log fields share it, so none of them ever needs escaping.
/// </summary>
public static class GrainKey
{
    /// <summary>Longest key in bytes (all characters are ASCII, so also in characters).</summary>
    public const int MaxBytes = 100;

    /// <summary>Longest single part that an external id may keep as it is; longer ones are replaced by a digest.</summary>
    public const int MaxPart = 64;

    /// <summary>True when <paramref name="text"/> is one or more legal parts joined by '/', within the length.</summary>
    public static bool IsKey(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxBytes || text[0] == '/' || text[^1] == '/')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!(IsPartCharacter(text[i]) || (text[i] == '/' && text[i - 1] != '/')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when <paramref name="text"/> is one legal part.</summary>
    public static bool IsPart(string? text) => IsKey(text) && !text!.Contains('/');

    /// <summary>The text itself, or a <see cref="FormatException"/> that names it.</summary>
    public static string Checked(string text) =>
        IsKey(text) ? text : throw new FormatException($"'{Shown(text)}' is not a key: parts of A-Z a-z 0-9 . _ - joined by '/', at most {MaxBytes} bytes");

    /// <summary>
    /// The part for an id that somebody else made: itself when it fits, else <c>x-</c> and the first 32 hex digits of
    /// its SHA-256. Whoever uses the digest keeps the whole id in its state and refuses a clash.
    /// </summary>
    public static string PartFor(string externalId) =>
        IsPart(externalId) && externalId.Length <= MaxPart && !externalId.StartsWith("x-", StringComparison.Ordinal)
            ? externalId
            : "x-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(externalId)))[..32];

    private static bool IsPartCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';

    private static string Shown(string text) => text is null ? "null" : text.Length <= 80 ? text : text[..80] + "...";
}
