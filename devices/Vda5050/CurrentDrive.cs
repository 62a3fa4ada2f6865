using System.Collections.Immutable;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// The mission that a session follows, from before its order is sent until its end was reported. The command stays in
/// the outbox all that time: after a restart the legs are still known, and the state tells how far they are.
/// </summary>
internal sealed class CurrentDrive(MachineCommand.Drive drive, IFactSink facts)
{
    private readonly TaskCompletionSource<SendResult> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SendResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _reported;
    private bool _failureReported;
    private uint? _firstHeader;

    public MissionId Mission => drive.Mission;

    public ImmutableArray<LegEnd> Ends { get; } = DriveMapping.LegEnds(drive);

    /// <summary>Ends when the vehicle shows the order, or refuses it.</summary>
    public Task<SendResult> Taken => _taken.Task;

    /// <summary>Ends when every leg is reported, or the failure is.</summary>
    public Task<SendResult> Ended => _ended.Task;

    /// <summary>The order is about to be sent under this header.</summary>
    public void Sending(uint headerId)
    {
        lock (_gate)
        {
            _firstHeader ??= headerId;
        }
    }

    /// <summary>Looks at a state. A rejection counts only after this order was sent: vehicles keep saying the last one.</summary>
    public void See(VdaState state)
    {
        uint? since;
        lock (_gate)
        {
            since = _firstHeader;
        }

        if (since is { } header && StateMapping.Rejection(state, Mission, header) is { } rejection)
        {
            _taken.TrySetResult(SendResult.Refused(rejection));
            return;
        }

        if (StateMapping.Reflects(state, Mission))
        {
            _taken.TrySetResult(SendResult.Accepted);
            _ = ReportLegs(StateMapping.LegsDone(state, Mission, Ends));
            _ = ReportFailure(StateMapping.Failure(state, Mission, Ends));
        }
    }

    /// <summary>Reports progress that was not reported yet. What is not taken is reported by the next state.</summary>
    private async Task ReportLegs(int done)
    {
        int former;
        lock (_gate)
        {
            if (done <= _reported)
            {
                return;
            }

            (former, _reported) = (_reported, done);
        }

        var last = done == Ends.Length;
        if (!await facts.Report(new DeviceSignal.LegsDone(Mission, done)))
        {
            lock (_gate)
            {
                _reported = Math.Min(_reported, former);
            }
        }
        else if (last)
        {
            _ended.TrySetResult(SendResult.Accepted);
        }
    }

    private async Task ReportFailure(string? reason)
    {
        lock (_gate)
        {
            if (reason is null || _failureReported)
            {
                return;
            }

            _failureReported = true;
        }

        if (await facts.Report(new DeviceSignal.DriveFailed(Mission, reason)))
        {
            _ended.TrySetResult(SendResult.Accepted);
        }
        else
        {
            lock (_gate)
            {
                _failureReported = false;
            }
        }
    }
}
