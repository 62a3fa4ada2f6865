namespace Warehouse.Domain.Fleet.Planning;

/// <summary>
/// What each move costs, for choosing ways: time in quarters of a step, more where a drive is discouraged. Guidance lies
/// here and only here; costs never forbid anything, so what can be reached stays reachable.
/// </summary>
public sealed class MoveCosts
{
    /// <summary>A drive to the next cell, undiscouraged.</summary>
    public const int Drive = 4;

    /// <summary>The most that a drive may cost.</summary>
    public const int MostDrive = 255;

    /// <summary>The most that a turn may cost: two turns fit the four bits that a distance table has for a heading.</summary>
    public const int MostTurn = 7;

    private readonly byte[] drives;

    private MoveCosts(byte[] drives, int turn)
    {
        this.drives = drives;
        Turn = turn;
    }

    /// <summary>A quarter turn.</summary>
    public int Turn { get; }

    /// <summary>The drive ahead from each state.</summary>
    public ReadOnlySpan<byte> Drives => drives;

    /// <summary>Nothing is discouraged.</summary>
    public static MoveCosts Plain(MoveGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var drives = new byte[graph.States];
        Array.Fill(drives, (byte)Drive);
        return new(drives, Drive);
    }

    /// <summary>Costs as given, a drive's for each state.</summary>
    public static MoveCosts Of(MoveGraph graph, ReadOnlySpan<byte> drives, int turn)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNotEqual(drives.Length, graph.States);
        ArgumentOutOfRangeException.ThrowIfLessThan(turn, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(turn, MostTurn);
        if (drives.Contains((byte)0))
        {
            throw new ArgumentException("a drive costs at least 1");
        }

        return new(drives.ToArray(), turn);
    }
}
