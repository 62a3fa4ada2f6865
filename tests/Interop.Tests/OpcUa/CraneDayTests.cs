using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Interop.Tests.Staging;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Links.OpcUa.Stack;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Sessions;
using Warehouse.Devices.StackerCrane;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Interop.Tests.OpcUa;

/// <summary>Our crane session, on the real link, with a crane that is a node-opcua server with the job control of OPC 10031-4.</summary>
public sealed class CraneDayTests : IAsyncDisposable
{
    private const string Peer = "npm:node-opcua";
    private const int Jobs = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("opcua-day-").FullName;
    private readonly int _port = Mosquitto.FreePort();
    private PeerProcess? _crane;

    [PeerFact(Peer)]
    public async Task A_crane_day_over_cuts_a_restart_and_expiring_tokens_moves_every_load_once()
    {
        // The server grants tokens of two and a half seconds at least: they are renewed many times over the day.
        await Start("1500");
        await using var link = NewLink(new OpcUaLinkOptions
        {
            EndpointUrl = Url, Machine = "Crane01", TokenLifetime = TimeSpan.FromMilliseconds(1500), PublishingMilliseconds = 50,
            Backoff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500)), RequestTimeout = TimeSpan.FromSeconds(5),
        });
        var day = new Day(link);
        link.Start();
        for (var number = 1; number <= Jobs; number++)
        {
            switch (number)
            {
                case 12 or 24:
                    // While the job is being given, our side of the cable is pulled.
                    var giving = day.Give(number);
                    link.Cut();
                    await giving;
                    break;
                case 36:
                    await _crane!.Tell("cut");
                    await day.Give(number);
                    break;
                case 48:
                    var given = day.Give(number);
                    await _crane!.Kill();
                    await Start("1500");
                    await given;
                    break;
                default:
                    await day.Give(number);
                    break;
            }
        }

        await day.AllDone(Jobs);
        var moved = Moved();
        Assert.Equal(Enumerable.Range(1, Jobs).Select(Id).Order(), moved.Order());
        Assert.InRange(link.Health.Reconnects + link.Health.Sessions, 4, 100);
    }

    [PeerFact(Peer)]
    public async Task When_a_queue_was_too_short_the_newest_value_is_told_in_the_end()
    {
        await Start();
        await using var link = NewLink(new OpcUaLinkOptions { EndpointUrl = Url, Machine = "Crane01", PublishingMilliseconds = 200 });
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = 0;
        link.ValueChanged += value =>
        {
            told++;
            first.TrySetResult();
            if (value is { Path: "Position/Y", Number: 2000 })
            {
                last.TrySetResult();
            }
        };
        link.Watch(new WatchedNode("Position/Y", SamplingMilliseconds: 0, QueueSize: 5));
        link.Start();
        await first.Task.WaitAsync(PeerProcess.Patience);
        await _crane!.Tell("burst 2000");
        await last.Task.WaitAsync(PeerProcess.Patience);
        Assert.InRange(told, 2, 1000);
    }

    [PeerFact(Peer)]
    public async Task A_crane_whose_certificate_is_not_trusted_is_given_nothing_until_a_person_trusts_it()
    {
        await Start();
        var own = new OpcUaApplication(Path.Combine(_folder, "careful"), "careful", TimeProvider.System);
        await using var link = new OpcUaLink(
            new OpcUaLinkOptions { EndpointUrl = Url, Machine = "Crane01", Backoff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100)) },
            own, TimeProvider.System, new Random(1));
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        link.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                up.TrySetResult();
            }
        };
        var rejected = Path.Combine(_folder, "careful", "rejected");
        Directory.CreateDirectory(rejected);
        var strangers = Channel.CreateUnbounded<string>();
        using var watcher = new FileSystemWatcher(rejected) { EnableRaisingEvents = true };
        watcher.Changed += (_, change) => strangers.Writer.TryWrite(change.FullPath);
        link.Start();
        using var patience = new CancellationTokenSource(PeerProcess.Patience);
        var stranger = await strangers.Reader.ReadAsync(patience.Token);
        Assert.False(up.Task.IsCompleted);
        File.Move(stranger, Path.Combine(_folder, "careful", "trusted", Path.GetFileName(stranger)));
        await up.Task.WaitAsync(PeerProcess.Patience);
        Assert.Contains("certificate", link.Health.LastFailure, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_crane is not null)
        {
            await _crane.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Url => $"opc.tcp://127.0.0.1:{_port}";

    private string State => Path.Combine(_folder, "crane.json");

    private async Task Start(params string[] further)
    {
        _crane = PeerProcess.Node("opcua-crane.mjs", [$"{_port}", Path.Combine(_folder, "pki"), State, .. further]);
        await _crane.Says("^READY");
    }

    /// <summary>A link with an application that trusts the crane.</summary>
    private OpcUaLink NewLink(OpcUaLinkOptions options)
    {
        var folder = Path.Combine(_folder, "house");
        Directory.CreateDirectory(Path.Combine(folder, "trusted"));
        var certificate = Directory.GetFiles(Path.Combine(_folder, "pki", "own", "certs"), "*.pem").First();
        using var crane = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(certificate);
        File.WriteAllBytes(Path.Combine(folder, "trusted", crane.Thumbprint + ".der"), crane.RawData);
        return new OpcUaLink(options, new OpcUaApplication(folder, "house", TimeProvider.System), TimeProvider.System, new Random(1));
    }

    private string[] Moved()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(State));
        return [.. file.RootElement.GetProperty("moved").EnumerateArray().Select(id => id.GetString()!)];
    }

    private static string Id(int number) => $"MAIN/A01/{number:000000}";

    /// <summary>What stands behind the session in the house, as far as it needs it: facts are durable at once, and a link that came back is read back.</summary>
    private sealed class Day : IFactSink, ITelemetrySink
    {
        private readonly CraneSession _session;
        private readonly SendPermit _permit = new(new Moment(long.MaxValue), () => true, TimeProvider.System);
        private readonly ConcurrentDictionary<string, DeviceSignal> _ended = new(StringComparer.Ordinal);
        private readonly Channel<string> _done = Channel.CreateUnbounded<string>();

        public Day(IOpcUaLink link)
        {
            var manifest = DeviceManifest.Of(new DeviceId("MAIN/crane-A01"), DeviceKind.Crane).With(DeviceSettings.ResendSeconds, "1");
            _session = new CraneSession(manifest, link, this, new DeviceClocks(TimeProvider.System, TimeProvider.System));
            _ = _session.Attach(this);
        }

        public async Task Give(int number)
        {
            var job = new CraneJob(new(Id(number)), CraneJobKind.Retrieve, new($"T{number:000000}"), new($"MAIN/A01/bin/L-{number:000}-05"), new("MAIN/A01/out1"));
            using var patience = new CancellationTokenSource(PeerProcess.Patience);
            var sent = await _session.Send(new OutboxEntry(number, new MachineCommand.RunCraneJob(job), new Moment(long.MaxValue)), _permit, patience.Token);
            Assert.Equal(CommandOutcome.Accepted, sent.Outcome);
        }

        public async Task AllDone(int jobs)
        {
            using var patience = new CancellationTokenSource(PeerProcess.Patience);
            while (_ended.Count < jobs)
            {
                await _done.Reader.ReadAsync(patience.Token);
            }

            Assert.All(_ended.Values, end => Assert.IsType<DeviceSignal.CraneJobDone>(end));
        }

        public Task<bool> Report(DeviceSignal signal, string? of = null)
        {
            if (of is not null)
            {
                _ended[of] = signal;
                _done.Writer.TryWrite(of);
            }

            return Task.FromResult(true);
        }

        public async void LinkCameBack()
        {
            try
            {
                await _session.ReadBack(_permit, CancellationToken.None);
            }
            catch (LinkDownException)
            {
                // It is away again, and comes back again.
            }
        }

        public void Vehicle(VehicleSeen seen) { }

        public void Crane(CraneSeen seen) { }
    }
}
