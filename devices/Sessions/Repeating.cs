namespace Warehouse.Devices.Sessions;

/// <summary>The one way in which a command is brought to a machine that confirms by its state: send, wait, send again.</summary>
public static class Repeating
{
    /// <summary>
    /// Sends until <paramref name="verdict"/> is known, the deadline passes or the permit closes. A send that fails
    /// because the link is down counts as not heard; the next round tries again.
    /// </summary>
    public static async Task<SendResult> UntilConfirmed(
        Func<Task> send, Task<SendResult> verdict, TimeSpan period, SendPermit permit, TimeProvider warehouse,
        CancellationToken cancellation)
    {
        while (!verdict.IsCompleted)
        {
            switch (permit.Answer)
            {
                case PermitAnswer.Closed:
                    return SendResult.Withheld;
                case PermitAnswer.Expired:
                    return SendResult.Expired;
                case PermitAnswer.Open:
                    break;
            }

            try
            {
                await send();
            }
            catch (Links.LinkDownException)
            {
                // Not heard: as good as lost on the way.
            }

            var wait = permit.Remaining is var left && left < period ? left : period;
            if (wait > TimeSpan.Zero)
            {
                await Pause.Until(verdict, wait, warehouse, cancellation);
            }

            cancellation.ThrowIfCancellationRequested();
        }

        return await verdict;
    }
}
