using Orleans.Concurrency;
using Warehouse.Domain.Deciding;

namespace Warehouse.Contracts;

/// <summary>A grain that decides: one stream of the journal behind an address. All nouns are commanded in this one way.</summary>
[Alias("stream")]
public interface IStreamGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide on the command and answer once that is durable. The same envelope again gets the same answer. A time-out
    /// says nothing about the outcome: repeat the same envelope.
    /// </summary>
    [Alias("execute")]
    Task<Answer> Execute(Envelope envelope);
}

/// <summary>A grain that decides, and shows what it knows.</summary>
/// <typeparam name="TState">The noun's state.</typeparam>
[Alias("stream`1")]
public interface IStreamGrain<TState> : IStreamGrain where TState : class
{
    /// <summary>The state after the last append that is durable. Never what is only decided.</summary>
    [ReadOnly, Alias("read")]
    Task<TState> Read();
}
