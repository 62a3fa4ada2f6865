using Warehouse.Devices.Sessions;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// Leads a vehicle through one mission: looks what to do next whenever a state comes, the command changes or a time is
/// up, does it, and waits. What to do is decided by <see cref="DriveDecision"/>.
/// </summary>
internal sealed class DriveSender(VehicleContact contact, CurrentDrive drive, DriveStyle style, SendPermit permit, DeviceClocks clocks)
{
    /// <summary>Ends when the mission's fate is known, or the permit has closed.</summary>
    public async Task<SendResult> Run(CancellationToken cancellation)
    {
        while (!drive.Ended.IsCompleted)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = contact.Changed;
            if (permit.Answer == PermitAnswer.Closed)
            {
                return SendResult.Withheld;
            }

            var view = contact.View(drive);
            var step = DriveDecision.Next(view);
            if (permit.Answer == PermitAnswer.Expired && !view.Memory.Had && view.Memory.Cancel is null)
            {
                return SendResult.Expired;
            }

            switch (step)
            {
                case DriveStep.Refuse refuse:
                    return SendResult.Refused(refuse.Reason);
                case DriveStep.Fail fail:
                    drive.Fail(fail.Reason);
                    break;
                case DriveStep.Found found:
                    drive.Found(found.Progress);
                    break;
                case DriveStep.Cancelled:
                    drive.Cancelled();
                    break;
                case DriveStep.Case one:
                    contact.Raise(one.Difference);
                    return SendResult.Withheld;
                default:
                    if (await Do(step, view, cancellation) is { } unfit)
                    {
                        return SendResult.Refused(unfit);
                    }

                    break;
            }

            await Wait(step, view, changed, cancellation);
        }

        return await drive.Ended;
    }

    /// <summary>Sends what the step says; gives the reason when it must not be sent. A link that is down counts as not heard.</summary>
    private async Task<string?> Do(DriveStep step, DriveView view, CancellationToken cancellation)
    {
        try
        {
            switch (step)
            {
                case DriveStep.AskState:
                    await contact.AskState(cancellation);
                    break;
                case DriveStep.SendOrder order:
                    await contact.SendOrder(order, view.Course, style, cancellation);
                    break;
                case DriveStep.SendCancel cancel:
                    await contact.SendCancel(cancel, cancellation);
                    break;
            }

            return null;
        }
        catch (Links.LinkDownException)
        {
            return null;
        }
        catch (UnfitMessageException unfit)
        {
            return unfit.Message;
        }
    }

    private async Task Wait(DriveStep step, DriveView view, Task changed, CancellationToken cancellation)
    {
        var longest = step is DriveStep.Wait wait ? wait.Milliseconds : view.Rules.ResendMilliseconds;
        var left = view.Memory.Had || view.Memory.Cancel is not null ? long.MaxValue : Math.Max(1, (long)permit.Remaining.TotalMilliseconds);
        var bound = Math.Min(longest ?? long.MaxValue, left);
        await (bound > int.MaxValue
            ? Pause.Until(changed, clocks.Warehouse, cancellation)
            : Pause.Until(changed, TimeSpan.FromMilliseconds(bound), clocks.Warehouse, cancellation));
    }
}
