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

    /// <summary>Opens the connection on the caller's thread, so that a bad file is known at once.</summary>
    public SqliteWorker(string name, Func<SqliteConnection> open, Func<SqliteConnection, TSession> prepare)
    {
        var connection = open();
        var session = prepare(connection);
        thread = new Thread(() => Work(connection, session)) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Run a job on the connection's thread, after those that were handed in before.</summary>
    public Task<TResult> Run<TResult>(Func<TSession, TResult> job)
    {
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

    private void Work(SqliteConnection connection, TSession session)
    {
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            job(session);
        }

        session.Dispose();
        connection.Dispose();
    }
}
