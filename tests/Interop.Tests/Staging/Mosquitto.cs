using System.Net;
using System.Net.Sockets;

namespace Interop.Tests.Staging;

/// <summary>Mosquitto on a port of its own on loopback, with a folder that goes with it.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly string _folder;
    private PeerProcess? _process;

    private Mosquitto(int port, string folder) => (Port, _folder) = (port, folder);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>The process, to wait for what it logs.</summary>
    public PeerProcess Process => _process ?? throw new InvalidOperationException("Mosquitto is stopped");

    /// <summary>
    /// Starts one; ends when it listens. <paramref name="configuration"/> is added to its file, and may name files that
    /// <paramref name="files"/> writes beside it. Without configuration everybody may do everything.
    /// </summary>
    public static async Task<Mosquitto> Start(string configuration = "allow_anonymous true", params (string Name, string Text)[] files)
    {
        var broker = new Mosquitto(FreePort(), Directory.CreateTempSubdirectory("mosquitto-").FullName);
        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(broker._folder, name), text);
        }

        // Started by root it would go on as another user, who may not read the folder.
        var user = Environment.IsPrivilegedProcess ? "user root\n" : "";
        await File.WriteAllTextAsync(
            Path.Combine(broker._folder, "mosquitto.conf"), $"listener {broker.Port} 127.0.0.1\n{user}log_dest stderr\nlog_type all\n{configuration}\n");
        await broker.StartAgain();
        return broker;
    }

    /// <summary>Starts it after <see cref="Kill"/>, on the same port with the same files.</summary>
    public async Task StartAgain()
    {
        _process = PeerProcess.Start("mosquitto", ["-c", "mosquitto.conf"], _folder);
        await _process.Says("mosquitto version .* running");
    }

    /// <summary>Ends it at once: whatever it held in memory is gone.</summary>
    public async Task Kill()
    {
        await Process.DisposeAsync();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A port that nobody listens on just now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
