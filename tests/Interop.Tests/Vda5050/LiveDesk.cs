using System.Collections.Immutable;
using Interop.Tests.Staging;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Interop.Tests.Vda5050;

/// <summary>One device's stream in memory around the real decider, called from any thread; a test waits for what it says.</summary>
internal sealed class LiveDesk : IDeviceDesk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _answers = [];
    private readonly List<(Func<DeviceEvent, bool> Wanted, TaskCompletionSource<DeviceEvent> Happened)> _waiting = [];
    private ImmutableList<DeviceEvent> _events = [];
    private DeviceState _state = DeviceState.Initial;
    private Action _wake = () => { };

    /// <summary>What has happened, in order.</summary>
    public IReadOnlyList<DeviceEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return _events;
            }
        }
    }

    /// <summary>What the device has said, in order.</summary>
    public IEnumerable<DeviceSignal> Said => Events.OfType<DeviceEvent.Said>().Select(said => said.Signal);

    /// <summary>Tells the device something from elsewhere.</summary>
    public Answer Tell(DeviceCommand command)
    {
        var answer = Decide(command);
        _wake();
        return answer;
    }

    /// <summary>Puts a command in the outbox, ten minutes' time for it.</summary>
    public void Enqueue(MachineCommand command) => Assert.True(
        Tell(new DeviceCommand.Enqueue(command, Moment.Of(DateTimeOffset.UtcNow).Plus(600_000))).Accepted);

    /// <summary>The first event, happened already or to come, that is wanted.</summary>
    public async Task<DeviceEvent> Until(Func<DeviceEvent, bool> wanted)
    {
        var happened = new TaskCompletionSource<DeviceEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_events.Find(one => wanted(one)) is { } already)
            {
                return already;
            }

            _waiting.Add((wanted, happened));
        }

        try
        {
            return await happened.Task.WaitAsync(PeerProcess.Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not among: {string.Join(Environment.NewLine, Events.TakeLast(20))}");
        }
    }

    /// <inheritdoc cref="Until(Func{DeviceEvent, bool})"/>
    public Task Says(Func<DeviceSignal, bool> wanted) => Until(one => one is DeviceEvent.Said said && wanted(said.Signal));

    public Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(commandId, out var answer))
            {
                _answers.Add(commandId, answer = Decide(command));
            }

            return Task.FromResult(answer);
        }
    }

    public IDisposable Watch(DeviceId device, Action wake)
    {
        _wake = wake;
        return new Watching();
    }

    private Answer Decide(DeviceCommand command)
    {
        lock (_gate)
        {
            var decision = DeviceDecider.Decider.Decide(_state, command, Moment.Of(DateTimeOffset.UtcNow));
            foreach (var happened in decision.Events.Cast<DeviceEvent>())
            {
                _state = DeviceDecider.Decider.Evolve(_state, happened);
                _events = _events.Add(happened);
                foreach (var (_, waiting) in _waiting.Where(one => one.Wanted(happened)))
                {
                    waiting.TrySetResult(happened);
                }
            }

            return decision.Answer;
        }
    }

    private sealed class Watching : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
