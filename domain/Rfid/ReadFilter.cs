using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Gs1;

namespace Warehouse.Domain.Rfid;

/// <summary>
/// Tells tags that are here from ghosts (noise that looks like a tag, once) and strays (tags of elsewhere that reflect
/// in). A tag begins with its first read; it has arrived when reads, strength and dwell reach their rules; it has left
/// when it was not read for a while, and then its way past the antennas is known. Pure: the same reads give the same
/// sightings, and a read that comes twice counts once. It holds at most <see cref="MaxTags"/> tags.
/// </summary>
public static class ReadFilter
{
    /// <summary>Most tags before a reader at once; beyond it the one that was silent longest is forgotten.</summary>
    public const int MaxTags = 4_096;

    /// <summary>Most antennas that are told apart for one tag.</summary>
    public const int MaxAntennas = 32;

    /// <summary>What a read changes, and the tag's arrival when this read made it.</summary>
    public static (ReadFilterState State, TagSighting? Arrived) Hear(ReadFilterState state, ReadRules rules, TagRead read)
    {
        ArgumentNullException.ThrowIfNull(state);
        var known = state.Tags.Find(read.Hex);
        if (known is not null && known.IsRepeat(read))
        {
            return (state, null);
        }

        var track = (known ?? TagTrack.Of(read)).With(read);
        var arrives = !track.Arrived && Believed(track, rules);
        track = track with { Arrived = track.Arrived || arrives };
        var tags = known is null && state.Tags.Count >= MaxTags ? state.Tags.Remove(Silent(state)) : state.Tags;
        return (new ReadFilterState(tags.SetItem(read.Hex, track)), arrives ? SightingOf(read.Hex, track, TagPassage.Arrived, TagDirection.None) : null);
    }

    /// <summary>Tags that have left by now; those that were never believed go without a word.</summary>
    public static (ReadFilterState State, ImmutableArray<TagSighting> Left) Pass(ReadFilterState state, ReadRules rules, Moment now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var left = ImmutableArray.CreateBuilder<TagSighting>();
        var tags = state.Tags;
        foreach (var (hex, track) in state.Tags)
        {
            if (now.Since(track.LastSeen) < rules.LeaveMilliseconds)
            {
                continue;
            }

            tags = tags.Remove(hex);
            if (track.Arrived)
            {
                left.Add(SightingOf(hex, track, TagPassage.Left, Direction(track, rules)));
            }
        }

        return (new ReadFilterState(tags), left.ToImmutable());
    }

    /// <summary>
    /// From the mean times at the first and the last antenna of the order that saw the tag: a mean of many reads, so that
    /// a reflection seen once by the wrong antenna does not turn the way around.
    /// </summary>
    public static TagDirection Direction(TagTrack track, ReadRules rules)
    {
        ArgumentNullException.ThrowIfNull(track);
        var seen = rules.Inwards.Where(track.Antennas.ContainsKey).ToArray();
        if (seen.Length < 2)
        {
            return TagDirection.None;
        }

        var (first, last) = (track.Antennas[seen[0]], track.Antennas[seen[^1]]);

        // first.Sum / first.Reads against last.Sum / last.Reads, without losing a fraction.
        return ((Int128)first.OffsetMilliseconds * last.Reads).CompareTo((Int128)last.OffsetMilliseconds * first.Reads) switch
        {
            < 0 => TagDirection.In,
            > 0 => TagDirection.Out,
            _ => TagDirection.None,
        };
    }

    private static bool Believed(TagTrack track, ReadRules rules) =>
        track.Reads >= rules.MinReads
        && (track.PeakRssiCentiDbm is not { } peak || peak >= rules.MinRssiCentiDbm)
        && track.LastSeen.Since(track.FirstSeen) >= rules.MinDwellMilliseconds;

    private static string Silent(ReadFilterState state) => state.Tags.MinBy(tag => tag.Value.LastSeen).Key;

    private static TagSighting SightingOf(string hex, TagTrack track, TagPassage passage, TagDirection direction) => new(
        EpcDecoder.Decode(Convert.FromHexString(hex), track.ProtocolControl).Uri, hex, track.ProtocolControl, passage, direction,
        track.Reads, track.PeakRssiCentiDbm, track.FirstSeen, track.LastSeen);
}

/// <summary>Tags before a reader, by their bits.</summary>
public sealed record ReadFilterState(ImmutableSortedDictionary<string, TagTrack> Tags)
{
    /// <summary>No tag.</summary>
    public static ReadFilterState Empty { get; } = new(ImmutableSortedDictionary.Create<string, TagTrack>(StringComparer.Ordinal));
}

/// <summary>An antenna's part in a tag's reads.</summary>
/// <param name="Reads">How many.</param>
/// <param name="OffsetMilliseconds">Sum of their times since the tag's first read.</param>
/// <param name="Last">Time of the last.</param>
public sealed record AntennaTrack(int Reads, long OffsetMilliseconds, Moment Last);

/// <summary>A tag before a reader.</summary>
/// <param name="ProtocolControl">Its PC word, when a read had it.</param>
/// <param name="Arrived">True once it was believed.</param>
/// <param name="Reads">How many reads.</param>
/// <param name="PeakRssiCentiDbm">The strongest, in hundredths of dBm.</param>
/// <param name="FirstSeen">Time of the first.</param>
/// <param name="LastSeen">Time of the last.</param>
/// <param name="Antennas">What each antenna saw of it.</param>
public sealed record TagTrack(
    ushort? ProtocolControl, bool Arrived, int Reads, int? PeakRssiCentiDbm, Moment FirstSeen, Moment LastSeen,
    ImmutableSortedDictionary<int, AntennaTrack> Antennas)
{
    /// <summary>A tag that is about to have its first read.</summary>
    public static TagTrack Of(TagRead read) =>
        new(read.ProtocolControl, false, 0, null, read.At, read.At, ImmutableSortedDictionary<int, AntennaTrack>.Empty);

    /// <summary>True when its antenna has said this before: a broker may bring a message twice, or late.</summary>
    public bool IsRepeat(TagRead read) => Antennas.TryGetValue(read.Antenna, out var antenna)
        ? read.At <= antenna.Last
        : Antennas.Count >= ReadFilter.MaxAntennas || read.At < FirstSeen;

    /// <summary>With one read more.</summary>
    public TagTrack With(TagRead read)
    {
        var antenna = Antennas.Find(read.Antenna) ?? new AntennaTrack(0, 0, read.At);
        return this with
        {
            ProtocolControl = read.ProtocolControl ?? ProtocolControl,
            Reads = Reads == int.MaxValue ? Reads : Reads + 1,
            PeakRssiCentiDbm = read.RssiCentiDbm is { } rssi && (PeakRssiCentiDbm is not { } peak || rssi > peak) ? rssi : PeakRssiCentiDbm,
            LastSeen = read.At > LastSeen ? read.At : LastSeen,
            Antennas = Antennas.SetItem(
                read.Antenna, new AntennaTrack(antenna.Reads + 1, antenna.OffsetMilliseconds + read.At.Since(FirstSeen), read.At)),
        };
    }
}
