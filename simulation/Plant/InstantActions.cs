using System.Collections.Immutable;
using Warehouse.Devices.Vda5050;

namespace Warehouse.Simulation.Plant;

/// <summary>What a virtual vehicle does at once: it keeps the states of the last few actions, and one id counts once.</summary>
internal sealed class InstantActions(VirtualVehicle vehicle, VehicleVoice voice)
{
    /// <summary>How many states are kept.</summary>
    public const int Kept = 8;

    private string? cancelling;

    public ImmutableArray<VdaActionState> States { get; private set; } = [];

    public void Take(VdaInstantActions message)
    {
        foreach (var action in message.Actions.Where(action => States.All(one => one.ActionId != action.ActionId)))
        {
            States = [.. States.Skip(Math.Max(0, States.Length - Kept + 1)), new VdaActionState(action.ActionId, VdaActionStatus.Running, action.ActionType)];
            Do(action);
        }

        vehicle.StateSoon();
    }

    /// <summary>The vehicle stands: a cancel that waited for that has ended.</summary>
    public void Stood()
    {
        if (cancelling is { } id)
        {
            cancelling = null;
            End(id, done: true);
        }
    }

    private void Do(VdaAction action)
    {
        switch (action.ActionType)
        {
            case "cancelOrder":
                Cancel(action.ActionId);
                return;
            case "factsheetRequest":
                voice.Factsheet();
                break;
            case "startPause":
                vehicle.Hold(hold: true);
                break;
            case "stopPause":
                vehicle.Hold(hold: false);
                break;
            case "startHibernation":
                voice.Sleeps();
                break;
            case "stopHibernation":
                voice.Connected();
                break;
            case "retry" or "skipRetry":
                End(action.ActionId, vehicle.Retry(action.Parameter("actionId") ?? "", action.ActionType == "skipRetry"));
                return;
            case "stateRequest" or "startCharging" or "stopCharging":
                break;
            default:
                End(action.ActionId, done: false);
                return;
        }

        End(action.ActionId, done: true);
    }

    private void Cancel(string id)
    {
        if (!vehicle.Cancel())
        {
            End(id, done: false);
            voice.Refuse(
                voice.Topics.Dialect.Major >= 3 ? "NO_ORDER_TO_CANCEL" : "noOrderToCancel", "there is no order",
                new VdaErrorReference("actionId", id));
        }
        else if (vehicle.Busy)
        {
            cancelling = id;
        }
        else
        {
            End(id, done: true);
        }
    }

    private void End(string id, bool done) => States =
    [
        .. States.Select(one => one.ActionId == id ? one with { ActionStatus = done ? VdaActionStatus.Finished : VdaActionStatus.Failed } : one),
    ];
}
