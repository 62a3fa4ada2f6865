using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Warehouse.Dashboard.Board;

namespace Warehouse.Dashboard.Hubs;

/// <summary>
/// Brings the board's changes to all viewers. Changes only raise a flag; ten times a second at most, whoever is ready is
/// sent all that changed since the number they have. A viewer whose last send has not ended is passed over, and when it
/// fell far behind it gets a snapshot: a slow phone costs nobody anything.
/// </summary>
public sealed class FloorBroadcast : BackgroundService
{
    private const long FarBehind = 20_000;

    // Ten a second: more than an eye needs, few enough for a phone.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly FloorBoard _board;
    private readonly IHubContext<FloorHub, IFloorClient> _hub;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Viewer> _viewers = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A broadcast of the board, by the real clock.</summary>
    public FloorBroadcast(FloorBoard board, IHubContext<FloorHub, IFloorClient> hub, TimeProvider time)
    {
        (_board, _hub, _time) = (board, hub, time);
        board.Changed += () => _wake.Writer.TryWrite(true);
    }

    /// <summary>Raised at most ten times a second while anything changes, for viewers in this process.</summary>
    public event Action? Ticked;

    /// <summary>A viewer has come.</summary>
    internal void Add(string connection, CancellationToken gone)
    {
        _viewers[connection] = new Viewer();
        gone.Register(() => _viewers.TryRemove(connection, out _));
        _wake.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);
            foreach (var (connection, viewer) in _viewers)
            {
                if (viewer.Sending.IsCompleted)
                {
                    viewer.Sending = Send(_hub.Clients.Client(connection), viewer);
                }
            }

            Ticked?.Invoke();
            await Task.Delay(Beat, _time, stoppingToken);
        }
    }

    private async Task Send(IFloorClient client, Viewer viewer)
    {
        try
        {
            if (viewer.Number is not { } known || _board.Since(known) is not { } delta)
            {
                await SendFirst(client, viewer);
            }
            else if (delta.Number - delta.From > FarBehind)
            {
                await SendSnapshot(client, viewer);
            }
            else
            {
                viewer.Number = delta.Number;
                await client.Delta(delta);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException or IOException)
        {
            viewer.Number = null;
        }
    }

    private Task SendFirst(IFloorClient client, Viewer viewer) => viewer.Number is null ? SendSnapshot(client, viewer) : Task.CompletedTask;

    private Task SendSnapshot(IFloorClient client, Viewer viewer)
    {
        var snapshot = _board.Snapshot();
        viewer.Number = snapshot.Number;
        return client.Snapshot(snapshot);
    }

    private sealed class Viewer
    {
        public long? Number { get; set; }

        public Task Sending { get; set; } = Task.CompletedTask;
    }
}
