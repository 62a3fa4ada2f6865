using System.Collections.Immutable;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>Brings what goes beside an order to a vehicle: instant actions, answers to requests, zones. Each is sent until the state shows it.</summary>
internal sealed class InstructionSender(VehicleContact contact, VehicleWire wire, TimeSpan resend, DeviceClocks clocks)
{
    private static readonly ImmutableArray<string> Numbers = ["x", "y", "theta", "height", "depth", "duration"];

    /// <summary>Sends an instant action and ends when it is FINISHED or FAILED. It is not sent again once the vehicle lists it.</summary>
    public Task<SendResult> Send(MachineCommand.Instruct instruct, SendPermit permit, CancellationToken cancellation)
    {
        var listed = false;
        return Until(
            () => (listed |= contact.State?.Action(instruct.ActionId) is not null) || MustWait(instruct),
            () => contact.Act(
                instruct.ActionType, instruct.ActionId,
                [.. instruct.Parameters.Select(one => new VdaParameter(one.Key, Numbers.Contains(one.Key) ? VdaValue.NumberOf(one.Value) : one.Value))],
                cancellation),
            () => contact.State?.Action(instruct.ActionId) is { IsFinal: true } action
                ? action.ActionStatus == VdaActionStatus.Finished
                    ? SendResult.Accepted
                    : SendResult.Refused($"{instruct.ActionType} failed: {action.ActionResult ?? "no reason given"}")
                : Effect(instruct),
            permit, cancellation);
    }

    /// <summary>Answers a request until its state shows the answer, or the request is gone.</summary>
    public Task<SendResult> Send(MachineCommand.AnswerRequest answer, SendPermit permit, CancellationToken cancellation) => Until(
        () => false,
        () =>
        {
            var header = wire.Header(VdaTopic.Responses);
            return wire.Publish(VdaTopic.Responses, wire.Write(
                new VdaResponses(
                    header.HeaderId, header.Timestamp, header.Topics.Version, header.Topics.Manufacturer, header.Topics.SerialNumber,
                    [new VdaResponse(answer.RequestId, answer.Grant, answer.LeaseExpiry?.ToString())]),
                VdaTopic.Responses), cancellation);
        },
        () => contact.State is { } state && Shows(state, answer) ? SendResult.Accepted : null,
        permit, cancellation);

    /// <summary>Gives the zones until the state lists their set.</summary>
    public Task<SendResult> Send(MachineCommand.GiveZones give, SendPermit permit, CancellationToken cancellation) => Until(
        () => false,
        () =>
        {
            var header = wire.Header(VdaTopic.ZoneSet);
            return wire.Publish(VdaTopic.ZoneSet, wire.Write(
                new VdaZoneSetMessage(
                    header.HeaderId, header.Timestamp, header.Topics.Version, header.Topics.Manufacturer, header.Topics.SerialNumber,
                    ZoneMapping.ToZoneSet(give.Zones)),
                VdaTopic.ZoneSet), cancellation);
        },
        () => contact.State?.ZoneSets?.Any(set => set.ZoneSetId == give.Zones.ZoneSetId) == true ? SendResult.Accepted
            : contact.State?.Errors.FirstOrDefault(error => error.ErrorType == "DUPLICATE_ZONE_SET") is { } error
                ? SendResult.Refused($"{error.ErrorType}: {error.ErrorDescription ?? "no reason given"}")
                : null,
        permit, cancellation);

    /// <summary>While a person has stepped in, a vehicle hears nothing but a cancel (3.0.0, operating mode INTERVENED).</summary>
    private bool MustWait(MachineCommand.Instruct instruct) =>
        contact.State is { OperatingMode: OperatingMode.Intervened } && instruct.ActionType != "cancelOrder";

    /// <summary>A pause is true when the state says paused, whoever pressed it and whether or not the action is still listed.</summary>
    private SendResult? Effect(MachineCommand.Instruct instruct) => (instruct.ActionType, contact.State?.Paused) switch
    {
        ("startPause", true) or ("stopPause", false) => SendResult.Accepted,
        _ => null,
    };

    /// <summary>A grant is shown as such; a refusal or a place in line needs no echo beyond the request's next state.</summary>
    private static bool Shows(VdaState state, MachineCommand.AnswerRequest answer)
    {
        var status = state.ZoneRequests?.FirstOrDefault(one => one.RequestId == answer.RequestId)?.RequestStatus
            ?? state.EdgeRequests?.FirstOrDefault(one => one.RequestId == answer.RequestId)?.RequestStatus;
        return (answer.Grant, status) switch
        {
            (_, null) => true,
            (GrantType.Granted, VdaRequestStatus.Granted or VdaRequestStatus.Expired) => true,
            (GrantType.Revoked, VdaRequestStatus.Revoked or VdaRequestStatus.Expired) => true,
            (GrantType.Queued, VdaRequestStatus.Queued) => true,
            _ => false,
        };
    }

    private async Task<SendResult> Until(
        Func<bool> heard, Func<Task> send, Func<SendResult?> verdict, SendPermit permit, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = contact.Changed;
            if (verdict() is { } known)
            {
                return known;
            }

            switch (permit.Answer)
            {
                case PermitAnswer.Closed:
                    return SendResult.Withheld;
                case PermitAnswer.Expired:
                    return SendResult.Expired;
            }

            if (!heard())
            {
                try
                {
                    await send();
                }
                catch (Links.LinkDownException)
                {
                    // As good as lost on the way: the next round sends it again.
                }
                catch (UnfitMessageException unfit)
                {
                    return SendResult.Refused(unfit.Message);
                }
            }

            var until = clocks.Warehouse.GetUtcNow() + (permit.Remaining < resend ? permit.Remaining : resend);
            while (verdict() is null && until - clocks.Warehouse.GetUtcNow() is { Ticks: > 0 } left && !cancellation.IsCancellationRequested
                && permit.Answer == PermitAnswer.Open)
            {
                await Pause.Until(changed, left, clocks.Warehouse, cancellation);
                changed = contact.Changed;
            }
        }
    }
}
