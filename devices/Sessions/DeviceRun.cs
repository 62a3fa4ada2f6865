using Warehouse.Devices.Manifests;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Sessions;

/// <summary>One device under a host: three loops that wake each other. The keeper holds the lease, the sender empties the outbox, the reporter brings facts.</summary>
internal sealed class DeviceRun : IFactSink, IAsyncDisposable
{
    private readonly IDeviceSession _session;
    private readonly IDeviceDesk _desk;
    private readonly LeaseKeeper _keeper;
    private readonly FactReporter _reporter;
    private readonly OutboxSender _sender;
    private readonly SessionHostOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private IDisposable? _watch;
    private Task _loops = Task.CompletedTask;
    private bool _ended;

    public DeviceRun(IDeviceSession session, IDeviceDesk desk, DeviceClocks clocks, SessionHostOptions options, Random chance)
    {
        _session = session;
        _desk = desk;
        _options = options;
        _keeper = new LeaseKeeper(session.Device, desk, options, clocks.Real, chance, _stopping.Token);
        _reporter = new FactReporter(session.Device, desk, _keeper, options, clocks.Real, chance, _stopping.Token);
        _sender = new OutboxSender(session, desk, _keeper, _reporter, options, clocks, chance, _stopping.Token);
        _keeper.Changed += _reporter.Wake;
        _keeper.Changed += _sender.Wake;
    }

    /// <summary>Lets the session listen.</summary>
    public Task Attach() => _session.Attach(this);

    /// <summary>Starts the loops on the caller's scheduler.</summary>
    public void Start()
    {
        _watch = _desk.Watch(_session.Device, _keeper.Wake);
        _loops = Task.WhenAll(_reporter.Run(), _sender.Run(), _keeper.Run());
    }

    /// <summary>Ends the loops. The lease is left to run out; the same host has it back at once when it starts again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _watch?.Dispose();
        _stopping.Cancel();
        _sender.Wake();
        _reporter.Wake();
        _keeper.Wake();
        await _loops;
        _session.Detach();
        _stopping.Dispose();
    }

    /// <summary>How it is now.</summary>
    public DeviceHealth HealthOf(DeviceManifest manifest, WireFaults faults)
    {
        var holding = _keeper.Current;
        var (count, last) = faults.Of(manifest.Id);
        return new DeviceHealth(
            manifest.Id, manifest.Kind, holding is not null, holding?.Mode, holding?.Outbox.Length ?? 0, _reporter.Waiting,
            _options.QueueSize, _reporter.TurnedAway, count, last);
    }

    /// <inheritdoc/>
    public Task<bool> Report(DeviceSignal signal, string? of = null) => _reporter.Report(signal, of);

    /// <inheritdoc/>
    public void LinkCameBack() => _sender.CameBack();
}
