using System.Globalization;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// A mission's order as the vehicle knows it. The first bears the mission's id. One that takes up the rest of a way,
/// after the vehicle has lost or ended the order before it, bears <c>MAIN/M000123~7.1</c> with the node of the way at
/// which it begins and a count, so that whoever reads it back needs no other memory to know what its sequence ids mean.
/// </summary>
/// <param name="Mission">Whose order it is.</param>
/// <param name="Start">Place of its first node, with sequence id 0, in the mission's way.</param>
/// <param name="Attempt">Tells orders from the same node apart.</param>
public readonly record struct OrderName(MissionId Mission, int Start, int Attempt)
{
    /// <summary>The mission's first order.</summary>
    public static OrderName First(MissionId mission) => new(mission, 0, 0);

    /// <summary>The name in an order's id; null when it is no order of the mission.</summary>
    public static OrderName? Of(string orderId, MissionId mission)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        if (orderId == mission.Text)
        {
            return First(mission);
        }

        if (!orderId.StartsWith(mission.Text, StringComparison.Ordinal) || orderId[mission.Text.Length] != '~')
        {
            return null;
        }

        var rest = orderId.AsSpan(mission.Text.Length + 1);
        var dot = rest.IndexOf('.');
        return dot > 0 && int.TryParse(rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(rest[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
                ? new OrderName(mission, start, attempt)
                : null;
    }

    /// <summary>The mission's id in an order's id, whichever mission's it is.</summary>
    public static string MissionTextOf(string orderId)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        var tilde = orderId.IndexOf('~', StringComparison.Ordinal);
        return tilde < 0 ? orderId : orderId[..tilde];
    }

    /// <summary>The sequence id of a node of the way.</summary>
    public uint Sequence(int node) => checked((uint)(2 * (node - Start)));

    /// <summary>The node of the way with this sequence id (of the edge before it, for an odd one).</summary>
    public int Node(uint sequence) => (int)Math.Min(sequence / 2, int.MaxValue / 2) + Start;

    /// <inheritdoc/>
    public override string ToString() => Start == 0 && Attempt == 0
        ? Mission.Text
        : string.Create(CultureInfo.InvariantCulture, $"{Mission}~{Start}.{Attempt}");
}
