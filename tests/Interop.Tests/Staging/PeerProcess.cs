using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Interop.Tests.Staging;

/// <summary>A peer as a process of its own. Everything it says is kept, so that a wait that fails can show it.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>How long a wait lasts before it fails; nothing waits that long when all is well.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Process _process;
    private readonly List<(Regex Pattern, TaskCompletionSource<string> Heard)> _waiting = [];
    private ImmutableList<string> _lines = [];

    private PeerProcess(Process process) => _process = process;

    /// <summary>Everything it has said, both streams, line by line.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return _lines;
            }
        }
    }

    /// <summary>Starts a program (see <see cref="Peers.Program"/>) in a folder, or in the peers' own.</summary>
    public static PeerProcess Start(string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Peers.Program(program), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder ?? Peers.Folder,
        };
        foreach (var (name, value) in environment ?? ImmutableDictionary<string, string>.Empty)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var peer = new PeerProcess(process);
        process.OutputDataReceived += (_, said) => peer.Hear(said.Data);
        process.ErrorDataReceived += (_, said) => peer.Hear(said.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Starts a script of the peers' folder on node.</summary>
    public static PeerProcess Node(string script, params string[] arguments) => Start("node", [Peers.Script(script), .. arguments]);

    /// <summary>The first line, said already or to come, that matches.</summary>
    public async Task<string> Says(string pattern)
    {
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var regex = new Regex(pattern);
            if (_lines.FirstOrDefault(regex.IsMatch) is { } said)
            {
                return said;
            }

            _waiting.Add((regex, heard));
        }

        try
        {
            return await heard.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{pattern}' was not said by {this}");
        }
    }

    /// <summary>Writes a line to its input.</summary>
    public Task Tell(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> Exits()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"still runs: {this}");
        }
    }

    /// <summary>Ends it at once, as a loss of power would.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    /// <summary>What was started, and the end of what it said.</summary>
    public override string ToString() =>
        $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}{Environment.NewLine}{string.Join(Environment.NewLine, Lines.TakeLast(30))}";

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lines = _lines.Add(line);
            foreach (var (_, heard) in _waiting.Where(waiting => waiting.Pattern.IsMatch(line)))
            {
                heard.TrySetResult(line);
            }
        }
    }
}
