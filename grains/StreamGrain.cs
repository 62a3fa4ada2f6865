using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains;

/// <summary>
/// The shell of a noun: Orleans gives the address and one activation, the <see cref="EventStream"/> inside decides.
/// Shells are reentrant: a command's one await is its commit, inside the stream, so commands that arrive meanwhile are
/// decided and share the next append. A stream that faulted is thrown away with its activation; the next call replays.
/// </summary>
/// <typeparam name="TState">The noun's state.</typeparam>
public abstract class StreamGrain<TState>(string noun, StreamPorts ports) : Grain, IStreamGrain<TState>, ICountCalls
    where TState : class
{
    private EventStream? _stream;

    /// <inheritdoc/>
    public int Waiting { get; set; }

    private EventStream Stream => _stream ?? throw new InvalidOperationException($"{noun} {this.GetPrimaryKeyString()} is not active");

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _stream = await EventStream.Activate(StreamId.Of(noun, this.GetPrimaryKeyString()), ports);

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _stream?.Deactivate() ?? Task.CompletedTask;

    /// <inheritdoc/>
    public virtual async Task<Answer> Execute(Envelope envelope)
    {
        try
        {
            return await Stream.Execute(envelope);
        }
        finally
        {
            if (Stream.Fault is not null)
            {
                DeactivateOnIdle();
            }
        }
    }

    /// <inheritdoc/>
    public Task<TState> Read() => Task.FromResult((TState)Stream.Durable);
}
