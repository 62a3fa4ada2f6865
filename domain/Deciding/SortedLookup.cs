using System.Collections.Immutable;

namespace Warehouse.Domain.Deciding;

/// <summary>
/// Looking up what may be missing. (The runtime's own GetValueOrDefault for immutable maps lives in ImmutableDictionary,
/// which is banned here.)
/// </summary>
internal static class SortedLookup
{
    /// <summary>The key's value, or null.</summary>
    public static TValue? Find<TKey, TValue>(this ImmutableSortedDictionary<TKey, TValue> map, TKey key)
        where TKey : notnull where TValue : class =>
        map.TryGetValue(key, out var value) ? value : null;

    /// <summary>The key's value, or <paramref name="otherwise"/>.</summary>
    public static TValue Get<TKey, TValue>(this ImmutableSortedDictionary<TKey, TValue> map, TKey key, TValue otherwise)
        where TKey : notnull =>
        map.TryGetValue(key, out var value) ? value : otherwise;
}
