using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>A command that has come in and whose answer has not gone out.</summary>
internal sealed class WaitingCommand(Envelope envelope, ulong hash)
{
    public Envelope Envelope { get; } = envelope;

    public ulong Hash { get; } = hash;

    /// <summary>Leaves when the state it was decided on is durable; never runs its waiter inside the stream's turn.</summary>
    public TaskCompletionSource<Answer> Caller { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandName Name => CommandName.Of(Envelope);
}

/// <summary>What makes two deliveries the same command: the effect, or the outside caller's id.</summary>
internal readonly record struct CommandName(EffectId? Effect, string? Id)
{
    public static CommandName Of(Envelope envelope) =>
        envelope.Effect is null ? new(null, envelope.Id) : new(envelope.Effect, null);
}
