using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>
/// Sends what waits in the outbox, one after another and in order; what overtakes, beside it. Before the first send of an epoch, after a reconnect
/// and when automatic mode comes back, it has the session read the machine; what differs goes to the desk as a case for
/// a person, and nothing is sent until the desk says automatic again.
/// </summary>
internal sealed class OutboxSender(
    IDeviceSession session, IDeviceDesk desk, LeaseKeeper keeper, FactReporter reporter, SessionHostOptions options,
    DeviceClocks clocks, Random chance, CancellationToken stopping)
{
    private readonly Bell _bell = new();
    private readonly long _began = clocks.Real.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly SortedSet<long> _settled = [];
    private volatile CancellationTokenSource? _sending;
    private volatile OutboxEntry? _underWay;
    private (long Epoch, DeviceMode Mode)? _read;
    private long _epoch = -1;
    private long _differences;
    private int _failures;
    private volatile bool _cameBack;

    /// <summary>The lease changed or the host stops: an epoch or mode that ended takes its send along.</summary>
    public void Wake()
    {
        if (!MaySend(_epoch))
        {
            _sending?.Cancel();
        }
        else if (_underWay is { } former && keeper.Current?.Outbox.FirstOrDefault(entry => entry.Sequence == former.Sequence) is { } now
            && now != former)
        {
            _underWay = now;
            session.Revise(now);
        }

        _bell.Ring();
    }

    /// <summary>The machine's link came back: it may have forgotten what it was doing, so it is read again, and what it does not have is sent again.</summary>
    public void CameBack()
    {
        _cameBack = true;
        _sending?.Cancel();
        _bell.Ring();
    }

    /// <summary>The loop; ends after a wake once stopping, and the send under way with it, without an outcome.</summary>
    public async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            if (keeper.Current is not { } holding)
            {
                await _bell.Wait();
            }
            else if (!NeedsReading(holding))
            {
                await SendNext(holding);
            }
            else if (await Read(holding))
            {
                _failures = 0;
            }
            else
            {
                SettleExpired(holding);
                await _bell.Wait(options.Backoff.After(++_failures, chance), clocks.Real);
            }
        }
    }

    /// <summary>What expired while the machine cannot even be read goes back to its owner.</summary>
    private void SettleExpired(Holding holding)
    {
        foreach (var entry in holding.Outbox.Where(entry => !_settled.Contains(entry.Sequence)))
        {
            if (PermitOf(holding, entry).Remaining > TimeSpan.Zero || session.Has(entry.Command))
            {
                return;
            }

            Settle(holding.Epoch, entry, Late);
        }
    }

    private static SendResult Late { get; } = new(CommandOutcome.Expired, "its deadline passed before it was sent");

    private SendPermit PermitOf(Holding holding, OutboxEntry entry) =>
        new(entry.Deadline, () => MaySend(holding.Epoch), clocks.Warehouse);

    private bool NeedsReading(Holding holding) => _cameBack || _read != (holding.Epoch, holding.Mode);

    private bool MaySend(long epoch) =>
        !stopping.IsCancellationRequested && keeper.Current is { Mode: DeviceMode.Automatic } now && now.Epoch == epoch;

    /// <summary>Reads the machine; true when it may be commanded as far as that goes.</summary>
    private async Task<bool> Read(Holding holding)
    {
        if (_epoch != holding.Epoch)
        {
            _epoch = holding.Epoch;
            _settled.Clear();
        }

        _cameBack = false;
        try
        {
            var permit = new SendPermit(new Moment(long.MaxValue / 2), () => MaySend(holding.Epoch), clocks.Warehouse);
            var differences = await session.ReadBack(permit, stopping);
            foreach (var difference in differences)
            {
                var id = $"{session.Device}/{holding.Epoch}/{_began}/d{_differences++}";
                var found = new DeviceCommand.FoundDifference(holding.Epoch, difference);
                if (!(await desk.Execute(session.Device, id, found)).Accepted)
                {
                    keeper.Lost(holding.Epoch);
                    return false;
                }
            }

            _read = (holding.Epoch, holding.Mode);
            if (!differences.IsEmpty)
            {
                keeper.Wake();
                await _bell.Wait();
            }

            return true;
        }
#pragma warning disable CA1031 // A machine or desk that does not answer is asked again, whatever was thrown.
        catch (Exception)
#pragma warning restore CA1031
        {
            _cameBack = true;
            return false;
        }
    }

    /// <summary>Settles the first entry that is not settled yet, what overtakes before the rest; waits when there is none or it must wait.</summary>
    private async Task SendNext(Holding holding)
    {
        _settled.RemoveWhere(settled => !holding.Outbox.Any(entry => entry.Sequence == settled));
        var open = holding.Outbox.Where(entry => !_settled.Contains(entry.Sequence));
        if ((open.FirstOrDefault(entry => entry.Command.Overtakes) ?? open.FirstOrDefault()) is not { } entry)
        {
            await _bell.Wait();
            return;
        }

        var permit = PermitOf(holding, entry);
        if (permit.Remaining <= TimeSpan.Zero && !session.Has(entry.Command))
        {
            Settle(holding.Epoch, entry, Late);
        }
        else if (permit.Answer == PermitAnswer.Closed)
        {
            await WaitClosed(permit);
        }
        else
        {
            var result = await SendBesideOthers(holding, entry, permit);
            if (result.Outcome is null)
            {
                await _bell.Wait(options.Backoff.After(1, chance), clocks.Real);
            }

            Settle(holding.Epoch, entry, result);
        }
    }

    /// <summary>Sends an entry, and meanwhile what comes that overtakes it.</summary>
    private async Task<SendResult> SendBesideOthers(Holding holding, OutboxEntry entry, SendPermit permit)
    {
        // Never disposed: it has no timer and no parent, and a late Wake may still cancel it.
        var sending = new CancellationTokenSource();
        _sending = sending;
        _underWay = entry;
        var send = Send(entry, permit, sending);
        _ = RingAfter(send);
        while (!send.IsCompleted)
        {
            var next = keeper.Current is { } now && now.Epoch == holding.Epoch
                ? now.Outbox.FirstOrDefault(one => one.Command.Overtakes && one.Sequence != entry.Sequence && !_settled.Contains(one.Sequence))
                : null;
            if (next is null || PermitOf(holding, next) is not { Answer: not PermitAnswer.Closed } beside)
            {
                await _bell.Wait();
            }
            else
            {
                var result = beside.Answer == PermitAnswer.Expired ? Late : await Send(next, beside, sending);
                Settle(holding.Epoch, next, result);
                if (result.Outcome is null && !send.IsCompleted)
                {
                    await _bell.Wait(options.Backoff.After(1, chance), clocks.Real);
                }
            }
        }

        _underWay = null;
        _sending = null;
        return await send;
    }

    private async Task RingAfter(Task task)
    {
        await task;
        _bell.Ring();
    }

    /// <summary>Waits until the lease or mode changes, or the command expires.</summary>
    private Task WaitClosed(SendPermit permit) =>
        permit.Remaining is { Ticks: > 0 } left ? _bell.Wait(left, clocks.Warehouse) : _bell.Wait();

    private async Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationTokenSource sending)
    {
        try
        {
            return await session.Send(entry, permit, sending.Token);
        }
#pragma warning disable CA1031 // A session that failed or was cancelled leaves the command in the outbox.
        catch (Exception)
#pragma warning restore CA1031
        {
            _cameBack |= !sending.IsCancellationRequested;
            return SendResult.Withheld;
        }
    }

    private void Settle(long epoch, OutboxEntry entry, SendResult result)
    {
        if (result.Outcome is { } outcome)
        {
            _settled.Add(entry.Sequence);
            reporter.Outcome(epoch, new OutboxOutcome(entry.Sequence, outcome, result.Reason));
        }
    }
}
