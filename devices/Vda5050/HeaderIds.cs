namespace Warehouse.Devices.Vda5050;

/// <summary>Header ids of what we send: each topic counts by itself, and after 2^32 - 1 comes 0.</summary>
internal sealed class HeaderIds
{
    private readonly uint[] _next = new uint[Enum.GetValues<VdaTopic>().Length];

    /// <summary>Ids from a number on, for all topics.</summary>
    public static HeaderIds From(uint first)
    {
        var ids = new HeaderIds();
        Array.Fill(ids._next, first);
        return ids;
    }

    /// <summary>The id of the next message of a topic.</summary>
    public uint Next(VdaTopic topic) => unchecked(_next[(int)topic]++);

    /// <summary>True when an id was given out before another: within half of all ids, across the wrap.</summary>
    public static bool IsBefore(uint id, uint other) => unchecked((int)(id - other)) < 0;
}
