using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Warehouse.Silo.Storage;

/// <summary>
/// A connection and the one thread that uses it. SQLite's calls block; here they block nobody else's thread, and a
/// connection is never used by two. Callers queue, and wait without holding a thread.
/// </summary>
/// <typeparam name="TSession">What is prepared on the connection.</typeparam>
internal sealed class SqliteWorker<TSession> : IDisposable where TSession : IDisposable
{
    private readonly BlockingCollection<Action<TSession>> jobs = [];
    private readonly Thread thread;
    private readonly TSession session;

    /// <summary>Opens the connection on the caller's thread, so that a bad file is known at once.</summary>
    public SqliteWorker(string name, Func<SqliteConnection> open, Func<SqliteConnection, TSession> prepare)
    {
        var connection = open();
        session = prepare(connection);
        thread = new Thread(() => Work(connection)) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>
    /// Begin something that lives on the connection's thread: its continuations come back there, in order, and what it
    /// asks of this worker runs at once, without a change of threads. It must end before the worker is disposed.
    /// </summary>
    public void Begin(Action first) => jobs.Add(_ => first());

    /// <summary>Run a job on the connection's thread, after those that were handed in before; at once when called there.</summary>
    public Task<TResult> Run<TResult>(Func<TSession, TResult> job)
    {
        if (Thread.CurrentThread == thread)
        {
            return AtOnce(job);
        }

        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            jobs.Add(session =>
            {
                try
                {
                    done.SetResult(job(session));
                }
                catch (Exception failure)
                {
                    done.SetException(failure);
                }
            });
        }
        catch (InvalidOperationException)
        {
            done.SetException(new ObjectDisposedException(thread.Name));
        }

        return done.Task;
    }

    /// <summary>Do what was handed in, and close the connection.</summary>
    public void Dispose()
    {
        jobs.CompleteAdding();
        thread.Join();
        jobs.Dispose();
    }

    private Task<TResult> AtOnce<TResult>(Func<TSession, TResult> job)
    {
        try
        {
            return Task.FromResult(job(session));
        }
        catch (Exception failure)
        {
            return Task.FromException<TResult>(failure);
        }
    }

    private void Work(SqliteConnection connection)
    {
        SynchronizationContext.SetSynchronizationContext(new Turns(jobs));
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            job(session);
        }

        session.Dispose();
        connection.Dispose();
    }

    /// <summary>Continuations as jobs.</summary>
    private sealed class Turns(BlockingCollection<Action<TSession>> jobs) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback callback, object? state) => jobs.Add(_ => callback(state));

        public override void Send(SendOrPostCallback callback, object? state) => throw new NotSupportedException("nobody waits for this thread");

        public override SynchronizationContext CreateCopy() => this;
    }
}
