using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// Which messages of a vehicle are news. Of each topic, what is older than the last one taken is dropped: the network
/// may hand over late. The first after a reconnect or a silence is always taken, whatever it says: the vehicle may have
/// been exchanged, switched off, or its clock set back. On the topic connection anything goes: the will is always old.
/// </summary>
internal sealed class VehicleEar(long silenceMilliseconds)
{
    private readonly (string Timestamp, uint HeaderId, Moment At)?[] _last = new (string, uint, Moment)?[Enum.GetValues<VdaTopic>().Length];

    /// <summary>How many were dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>True when the message is newer than the last one of its topic; it then is the last one.</summary>
    public bool Takes(VdaTopic topic, string timestamp, uint headerId, Moment at)
    {
        if (_last[(int)topic] is { } last && at.Since(last.At) < silenceMilliseconds && IsOlder(timestamp, headerId, last))
        {
            Dropped++;
            return false;
        }

        _last[(int)topic] = (timestamp, headerId, at);
        return true;
    }

    /// <summary>Any message is news again.</summary>
    public void Forget() => Array.Clear(_last);

    /// <summary>Older by time; at the same time, by header id across its wrap. The same message again is not older.</summary>
    private static bool IsOlder(string timestamp, uint headerId, (string Timestamp, uint HeaderId, Moment At) last) =>
        CompareTimes(timestamp, last.Timestamp) is var order && (order < 0 || (order == 0 && HeaderIds.IsBefore(headerId, last.HeaderId)));

    /// <summary>Texts of one length compare as times; others are read, and what cannot be read counts as the same time.</summary>
    private static int CompareTimes(string one, string other) =>
        one.Length == other.Length ? string.CompareOrdinal(one, other)
        : DateTimeOffset.TryParse(one, System.Globalization.CultureInfo.InvariantCulture, out var a)
            && DateTimeOffset.TryParse(other, System.Globalization.CultureInfo.InvariantCulture, out var b) ? a.CompareTo(b) : 0;
}
