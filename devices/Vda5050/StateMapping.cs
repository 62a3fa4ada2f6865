using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Totes;

namespace Warehouse.Devices.Vda5050;

/// <summary>What a vehicle's state says about our orders. Pure.</summary>
public static class StateMapping
{
    private static readonly ImmutableArray<string> Rejections =
        ["validationError", "orderError", "orderUpdateError", "noRouteError"];

    /// <summary>True when the vehicle has the mission's order: success of publishing says nothing, this does.</summary>
    public static bool Reflects(VdaState state, MissionId mission) => state.OrderId == mission.Text;

    /// <summary>How many legs are done, from the first: its last node is passed and, where it acts, the action finished.</summary>
    public static int LegsDone(VdaState state, MissionId mission, ImmutableArray<LegEnd> ends)
    {
        var done = 0;
        while (Reflects(state, mission) && done < ends.Length && IsDone(state, ends[done]))
        {
            done++;
        }

        return done;
    }

    /// <summary>Why the vehicle cannot go on with a mission that it has; null when nothing says so.</summary>
    public static string? Failure(VdaState state, MissionId mission, ImmutableArray<LegEnd> ends)
    {
        if (!Reflects(state, mission))
        {
            return null;
        }

        foreach (var action in state.ActionStates)
        {
            if (action.ActionStatus == VdaActionStatus.Failed && ends.Any(end => end.ActionId == action.ActionId))
            {
                return $"{action.ActionType ?? "action"} {action.ActionId} failed: {action.ResultDescription ?? "no reason given"}";
            }
        }

        return null;
    }

    /// <summary>Why the vehicle did not take the mission's order; null when it did not say so.</summary>
    /// <param name="state">The state.</param>
    /// <param name="mission">The mission whose order was sent.</param>
    /// <param name="since">Header id of its first sending: an error that names an earlier header is about something older.</param>
    public static string? Rejection(VdaState state, MissionId mission, uint since)
    {
        if (Reflects(state, mission))
        {
            return null;
        }

        foreach (var error in state.Errors)
        {
            if (Rejections.Contains(error.ErrorType, StringComparer.Ordinal) && RefersTo(error, "orderId", mission.Text)
                && !NamesHeaderBefore(error, since))
            {
                return $"{error.ErrorType}: {error.ErrorDescription ?? "no reason given"}";
            }
        }

        return null;
    }

    /// <summary>True when nothing is left to do: nothing released lies ahead and every action is final.</summary>
    public static bool IsIdle(VdaState state) =>
        !state.NodeStates.Any(node => node.Released) && !state.EdgeStates.Any(edge => edge.Released)
        && state.ActionStates.All(action => action.ActionStatus is VdaActionStatus.Finished or VdaActionStatus.Failed);

    /// <summary>Where the vehicle is; null when it does not know.</summary>
    public static VehicleSeen? Seen(VdaState state, VehicleId vehicle) => state.AgvPosition is not { PositionInitialized: true } position
        ? null
        : Seen(position, new VehicleSeen(
            vehicle, 0, 0, 0, Whole(state.BatteryState.BatteryCharge * 10), state.LastNodeId, state.Driving, LoadOf(state)));

    /// <summary>The vehicle seen at another position.</summary>
    public static VehicleSeen Seen(VdaPosition position, VehicleSeen former) => former with
    {
        XMillimetres = Whole(position.X * 1000),
        YMillimetres = Whole(position.Y * 1000),
        HeadingMilliradians = Whole(position.Theta * 1000),
    };

    private static bool IsDone(VdaState state, LegEnd end) =>
        state.LastNodeSequenceId >= end.SequenceId
        && !state.NodeStates.Any(node => node.SequenceId <= end.SequenceId)
        && (end.ActionId is not { } id
            || state.ActionStates.Any(action => action.ActionId == id && action.ActionStatus == VdaActionStatus.Finished));

    private static bool RefersTo(VdaError error, string key, string value) =>
        error.ErrorReferences is { } references
        && references.Any(reference => reference.ReferenceKey == key && reference.ReferenceValue == value);

    private static bool NamesHeaderBefore(VdaError error, uint since) =>
        error.ErrorReferences is { } references
        && references.Any(reference => reference.ReferenceKey == "headerId"
            && uint.TryParse(reference.ReferenceValue, NumberStyles.None, CultureInfo.InvariantCulture, out var header) && header < since);

    private static Lpn? LoadOf(VdaState state) =>
        state.Loads is [{ LoadId: { } id }, ..] && GrainKey.IsPart(id) ? new Lpn(id) : null;

    private static int Whole(decimal value) => (int)Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue);
}
