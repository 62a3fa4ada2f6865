using System.Collections.Concurrent;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Journal;
using Warehouse.Silo.Storage;

namespace Warehouse.Bench.Mqtt;

/// <summary>
/// Production Device streams, committer and SQLite store behind the port that sessions use; Orleans is left out. It also
/// plays the owner of every tag: a press that is durable is answered with the next light, unless it only counts.
/// </summary>
internal sealed class DeskHouse : IDeviceDesk, IAsyncDisposable
{
    private readonly ConcurrentDictionary<DeviceId, Lazy<Task<EventStream>>> _streams = new();
    private readonly ConcurrentDictionary<DeviceId, Action> _wakes = new();
    private readonly bool _lightsNext;
    private readonly StreamPorts _ports;
    private readonly Committer _committer;
    private readonly SqliteJournalStore _store;
    private readonly JournalCodec _codec = new(NounTable.All.Names);

    public DeskHouse(string path, bool lightsNext)
    {
        _lightsNext = lightsNext;
        _store = new SqliteJournalStore(new SqliteJournalOptions { Path = path });
        _committer = new Committer(_store, new CommitterOptions { StepBack = SqliteJournalStore.LetOthersRun });
        _ports = new StreamPorts(NounTable.All, _codec, _store, _committer, new MemorySnapshots(), TimeProvider.System, new StreamOptions());
        _store.BeginOnWriter(_committer.Start);
    }

    /// <summary>The device exists.</summary>
    public async Task Register(DeviceId device, DeviceKind kind) =>
        await Send(device, "register", new DeviceCommand.Register(device, kind, new StreamId("station:MAIN/S1")));

    /// <inheritdoc/>
    public async Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command)
    {
        var answer = await Send(device, commandId, command);
        if (_lightsNext && answer.Accepted && command is DeviceCommand.Report report)
        {
            foreach (var press in report.Signals.OfType<DeviceSignal.ButtonPressed>())
            {
                _ = LightNext(device, press);
            }
        }

        return answer;
    }

    /// <inheritdoc/>
    public IDisposable Watch(DeviceId device, Action wake)
    {
        _wakes[device] = wake;
        return new Watching();
    }

    /// <summary>How many presses the journal holds, and how many of these it holds twice: read from the first row.</summary>
    public async Task<(long Presses, long Twice)> CountPresses()
    {
        var seen = new HashSet<(string, long, long)>();
        long presses = 0, after = 0;
        while (await _store.ReadFeed(after, 5_000) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                foreach (var said in _codec.Decode(row.Body.Span).Events.OfType<DeviceEvent.Said>())
                {
                    if (said.Signal is DeviceSignal.ButtonPressed press)
                    {
                        presses++;
                        seen.Add((row.Stream.Text, press.Boot, press.Sequence));
                    }
                }
            }

            after = rows[^1].Position;
        }

        return (presses, presses - seen.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _committer.Stop();
        _store.Dispose();
    }

    private async Task LightNext(DeviceId device, DeviceSignal.ButtonPressed press)
    {
        var task = MqttFloor.Task(press.Sequence + 1);
        var light = new DeviceCommand.Enqueue(new MachineCommand.ShowPick(task, "green", 1, ""), new Moment(long.MaxValue / 2));
        await Send(device, $"light/{press.Sequence + 1}", light);
        if (_wakes.TryGetValue(device, out var wake))
        {
            wake();
        }
    }

    private async Task<Answer> Send(DeviceId device, string id, DeviceCommand command)
    {
        var stream = await _streams.GetOrAdd(device, one => new Lazy<Task<EventStream>>(() => EventStream.Activate(one.Stream, _ports))).Value;
        return await stream.Execute(Envelope.From(id, command));
    }

    private sealed class Watching : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
