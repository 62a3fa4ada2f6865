using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Domain.Rfid;

/// <summary>One read of a tag, as a reader reports it. Telemetry: what passes <see cref="ReadFilter"/> is the fact.</summary>
/// <param name="Hex">The tag's EPC bits in upper-case hexadecimal.</param>
/// <param name="ProtocolControl">Its PC word, when the reader gives one.</param>
/// <param name="Antenna">The antenna's port, from 1; 0 when the reader does not say.</param>
/// <param name="RssiCentiDbm">How strong it was, in hundredths of dBm; null when the reader does not say.</param>
/// <param name="At">When, by the reader's clock, else when it came.</param>
public sealed record TagRead(string Hex, ushort? ProtocolControl, int Antenna, int? RssiCentiDbm, Moment At);

/// <summary>Which reads are believed. The defaults believe a tag that was read twice.</summary>
/// <param name="MinReads">Fewest reads of a tag: a single one is most likely a ghost made of noise.</param>
/// <param name="MinRssiCentiDbm">How strong the strongest must be, in hundredths of dBm: weaker tags stand elsewhere and stray in. Reads without strength pass.</param>
/// <param name="MinDwellMilliseconds">How long from first to last read: what only rushes by on a vehicle is not here.</param>
/// <param name="LeaveMilliseconds">After how long without a read a tag has left.</param>
/// <param name="Inwards">Antennas in the order in which a tag coming in passes them; fewer than two give no direction.</param>
public sealed record ReadRules(
    int MinReads, int MinRssiCentiDbm, int MinDwellMilliseconds, int LeaveMilliseconds,
    System.Collections.Immutable.ImmutableArray<int> Inwards);

/// <summary>Which way a tag went past the antennas.</summary>
public enum TagDirection
{
    /// <summary>Not known.</summary>
    None,
    /// <summary>In the order of the antennas.</summary>
    In,
    /// <summary>Against it.</summary>
    Out,
}

/// <summary>What became of a tag in front of a reader.</summary>
public enum TagPassage
{
    /// <summary>It is here.</summary>
    Arrived,
    /// <summary>It was here, and is not read any more.</summary>
    Left,
}

/// <summary>The reads of one tag, taken together.</summary>
/// <param name="Epc">The tag's own name, its URI.</param>
/// <param name="Hex">Its bits.</param>
/// <param name="ProtocolControl">Its PC word, when known.</param>
/// <param name="Passage">Arrived or left.</param>
/// <param name="Direction">Which way it went; known when it has left.</param>
/// <param name="Reads">How many reads.</param>
/// <param name="PeakRssiCentiDbm">The strongest, in hundredths of dBm; null when none had a strength.</param>
/// <param name="FirstSeen">When the first was.</param>
/// <param name="LastSeen">When the last was.</param>
[GenerateSerializer, Immutable, Alias("rfid.sighting")]
public sealed record TagSighting(
    [property: Id(0)] string Epc, [property: Id(1)] string Hex, [property: Id(2)] ushort? ProtocolControl,
    [property: Id(3)] TagPassage Passage, [property: Id(4)] TagDirection Direction, [property: Id(5)] int Reads,
    [property: Id(6)] int? PeakRssiCentiDbm, [property: Id(7)] Moment FirstSeen, [property: Id(8)] Moment LastSeen);

/// <summary>Who saw a tag, carried by the question whether that fits the books, so that the answer still knows it.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="Epc">The tag's own name, its URI.</param>
/// <param name="SeenAt">When it was seen last.</param>
[GenerateSerializer, Immutable, Alias("rfid.witness")]
public sealed record TagWitness([property: Id(0)] DeviceId Reader, [property: Id(1)] string Epc, [property: Id(2)] Moment SeenAt);
