using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Sessions;

/// <summary>What a permit says at the last step before the wire.</summary>
public enum PermitAnswer
{
    /// <summary>Send.</summary>
    Open,
    /// <summary>The deadline is past: report it expired, never send it late.</summary>
    Expired,
    /// <summary>The epoch is over, the lease ran out, or the mode is not automatic: send nothing.</summary>
    Closed,
}

/// <summary>
/// The right to send one command in one epoch. Sessions ask it at the last step before the wire, each time. It closes
/// when the epoch or the mode ends, and whenever the lease's time is up on our own clock: another host may then hold
/// the device.
/// </summary>
/// <param name="deadline">End of the command's use, warehouse clock.</param>
/// <param name="allowed">Whether this epoch may still send, asked each time.</param>
/// <param name="warehouse">The floor's clock.</param>
public sealed class SendPermit(Moment deadline, Func<bool> allowed, TimeProvider warehouse)
{
    /// <summary>Whether to send now.</summary>
    public PermitAnswer Answer =>
        !allowed() ? PermitAnswer.Closed : Remaining <= TimeSpan.Zero ? PermitAnswer.Expired : PermitAnswer.Open;

    /// <summary>Time of the warehouse until the deadline; zero or less when it is past.</summary>
    public TimeSpan Remaining =>
        TimeSpan.FromMilliseconds(Math.Clamp(deadline.Since(Moment.Of(warehouse.GetUtcNow())), -1, (long)int.MaxValue));
}
