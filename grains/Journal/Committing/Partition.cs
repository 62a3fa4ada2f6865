using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// Which part of the effects a stream's belong to. The number stands in the store's rows, so neither the hash
/// (FNV-1a of the id's characters) nor the count may change without a migration.
/// </summary>
public static class Partition
{
    /// <summary>How many there are.</summary>
    public const int Count = 16;

    /// <summary>The partition of a stream.</summary>
    public static int Of(StreamId stream)
    {
        var hash = 2166136261;
        foreach (var character in stream.Text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return (int)(hash % Count);
    }
}
