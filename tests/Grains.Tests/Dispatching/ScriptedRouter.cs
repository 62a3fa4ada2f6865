using System.Threading.Channels;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Dispatching;

/// <summary>A call that a dispatcher has made and that the test answers when it likes.</summary>
internal sealed record RoutedCall(StreamId Target, Envelope Envelope)
{
    private readonly TaskCompletionSource<Answer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Answer> Answer => answer.Task;

    public void Say(Answer with) => answer.SetResult(with);

    public void Fail() => answer.SetException(new IOException("nobody there"));
}

/// <summary>A router whose every call the test takes and answers.</summary>
internal sealed class ScriptedRouter : IRouter
{
    private readonly Channel<RoutedCall> calls = Channel.CreateUnbounded<RoutedCall>();

    /// <summary>Calls that have come and that nobody has taken yet.</summary>
    public int Untaken => calls.Reader.Count;

    public Task<Answer> Send(StreamId target, Envelope envelope)
    {
        var call = new RoutedCall(target, envelope);
        calls.Writer.TryWrite(call);
        return call.Answer;
    }

    public async Task<RoutedCall> Next() => await calls.Reader.ReadAsync();
}
