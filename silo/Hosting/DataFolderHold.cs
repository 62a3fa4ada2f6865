using System.Globalization;

namespace Warehouse.Silo.Hosting;

/// <summary>
/// One process per data folder. The hold is a lock of the operating system on <c>lock</c>, gone with the process however
/// it ends; <c>holder</c> beside it only tells people who it is.
/// </summary>
public sealed class DataFolderHold : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holder;

    private DataFolderHold(string folder, FileStream @lock)
    {
        (Folder, _lock, _holder) = (folder, @lock, Path.Combine(folder, "holder"));
        Say([]);
    }

    /// <summary>The folder, whole path.</summary>
    public string Folder { get; }

    /// <summary>Takes the folder, making it when there is none; throws <see cref="DataFolderTakenException"/> when another process has it.</summary>
    public static DataFolderHold Take(string folder)
    {
        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        try
        {
            return new DataFolderHold(path, new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            var holder = Path.Combine(path, "holder");
            throw new DataFolderTakenException(path, File.Exists(holder) ? File.ReadAllText(holder).Trim() : "a process that has not said its name yet");
        }
    }

    /// <summary>Tells whoever comes second where to find this process.</summary>
    public void Say(IEnumerable<string> urls) => File.WriteAllText(_holder, string.Create(
        CultureInfo.InvariantCulture,
        $"process {Environment.ProcessId} on {Environment.MachineName}, started {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm:ss}Z {string.Join(' ', urls)}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_holder);
        _lock.Dispose();
    }
}

/// <summary>Another process holds the data folder; the message says which.</summary>
public sealed class DataFolderTakenException(string folder, string holder)
    : Exception($"{folder} is in use by {holder}. Stop it, or name another folder with --data.");
