using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Journal;

namespace Warehouse.Simulation.House;

/// <summary>How device sessions reach the Device streams of their house: through the router, woken by commits.</summary>
internal sealed class SimulatedDesk(IRouter router, JournalCodec codec) : IDeviceDesk
{
    private readonly Dictionary<StreamId, Action> watchers = [];

    public Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command) =>
        router.Send(device.Stream, Envelope.From(commandId, command));

    public IDisposable Watch(DeviceId device, Action wake)
    {
        watchers[device.Stream] = wake;
        return new Watching(() => watchers.Remove(device.Stream));
    }

    /// <summary>Appends have landed. Only what gives a session something to do wakes it: its own looks land too.</summary>
    public void Hear(IReadOnlyList<Append> landed)
    {
        foreach (var append in landed)
        {
            if (watchers.TryGetValue(append.Stream, out var wake) && (append.Content ?? codec.Decode(append.Body.Span)).Events.Any(IsWork))
            {
                wake();
            }
        }
    }

    private static bool IsWork(Event happened) =>
        happened is DeviceEvent.Enqueued or DeviceEvent.ModeChanged or DeviceEvent.Settled;

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
