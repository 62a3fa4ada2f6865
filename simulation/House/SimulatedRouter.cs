using Warehouse.Domain.Deciding;
using Warehouse.Journal;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.House;

/// <summary>What happens to one call on the simulated network.</summary>
public enum CallFault
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>It arrives late, so later calls overtake it.</summary>
    Late,
    /// <summary>It never arrives, and nobody answers.</summary>
    Lost,
    /// <summary>It arrives, and the answer is lost.</summary>
    AnswerLost,
    /// <summary>It arrives twice.</summary>
    Repeated,
    /// <summary>The caller is told of a time-out at once, while the call still runs.</summary>
    TimedOut,
}

/// <summary>
/// Stands in for Orleans' messaging: at most once or more than once, late, or never, as <see cref="Fault"/> draws. A
/// time-out says nothing about the outcome here either.
/// </summary>
/// <param name="streams">Runs the target's stream.</param>
/// <param name="clock">Of delays.</param>
/// <param name="chance">Of delays' lengths.</param>
public sealed class SimulatedRouter(Func<StreamId, Envelope, Task<Answer>> streams, TimeProvider clock, Chance chance) : IRouter
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private const int LongestDelayMilliseconds = 20_000;

    /// <summary>What happens to a call; asked once a call. Null is nothing.</summary>
    public Func<StreamId, Envelope, CallFault>? Fault { get; set; }

    /// <inheritdoc/>
    public Task<Answer> Send(StreamId target, Envelope envelope) => Fault?.Invoke(target, envelope) switch
    {
        CallFault.Late => Late(target, envelope),
        CallFault.Lost => Silence(target),
        CallFault.AnswerLost => AnswerLost(streams(target, envelope), target),
        CallFault.Repeated => Twice(target, envelope),
        CallFault.TimedOut => TimedOut(streams(target, envelope), target),
        _ => streams(target, envelope),
    };

    private async Task<Answer> Late(StreamId target, Envelope envelope)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Between(1, LongestDelayMilliseconds)), clock);
        return await streams(target, envelope);
    }

    private async Task<Answer> Twice(StreamId target, Envelope envelope)
    {
        var first = streams(target, envelope);
        _ = Observe(Late(target, envelope));
        return await first;
    }

    private Task<Answer> AnswerLost(Task<Answer> call, StreamId target)
    {
        _ = Observe(call);
        return Silence(target);
    }

    private async Task<Answer> Silence(StreamId target)
    {
        await Task.Delay(CallTimeout, clock);
        throw new TimeoutException($"no answer from {target}");
    }

    private static Task<Answer> TimedOut(Task<Answer> call, StreamId target)
    {
        _ = Observe(call);
        return Task.FromException<Answer>(new TimeoutException($"no answer from {target}"));
    }

    private static async Task Observe(Task<Answer> call)
    {
        try
        {
            await call;
        }
#pragma warning disable CA1031 // nobody is left to hear of it
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
