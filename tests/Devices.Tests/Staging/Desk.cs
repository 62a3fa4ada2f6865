using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Tests.Staging;

/// <summary>Device streams in memory around the real decider: same id, same answer. Fails and forgets on demand.</summary>
internal sealed class Desk(Stage stage) : IDeviceDesk
{
    private readonly Dictionary<DeviceId, DeviceState> _states = [];
    private readonly Dictionary<string, (DeviceCommand Body, Answer Answer)> _answers = [];
    private readonly Dictionary<DeviceId, Action> _wakes = [];

    /// <summary>Every command that came, with its id, in order.</summary>
    public List<(DeviceId Device, string Id, DeviceCommand Command)> Heard { get; } = [];

    /// <summary>Every event that happened, in order.</summary>
    public List<DeviceEvent> Happened { get; } = [];

    /// <summary>Asked before each command is decided: an exception that the caller gets instead of the answer.</summary>
    public Func<DeviceCommand, Exception?> FailBefore { get; set; } = _ => null;

    /// <summary>Asked after each command was decided: an exception that the caller gets instead of the answer.</summary>
    public Func<DeviceCommand, Exception?> FailAfter { get; set; } = _ => null;

    /// <summary>Ends before a command is decided.</summary>
    public Func<DeviceCommand, Task> Hold { get; set; } = _ => Task.CompletedTask;

    public IEnumerable<DeviceSignal> Said => Happened.OfType<DeviceEvent.Said>().Select(said => said.Signal);

    public IEnumerable<OutboxOutcome> Outcomes => Happened.OfType<DeviceEvent.Ended>().Select(ended => ended.Outcome);

    public DeviceState State(DeviceId device) => _states.GetValueOrDefault(device, DeviceState.Initial);

    public Moment Now => Moment.Of(stage.Clock.GetUtcNow());

    /// <summary>Something from elsewhere: registered, enqueued, mode set. Wakes the session.</summary>
    public Answer Tell(DeviceId device, DeviceCommand command)
    {
        Answer? answer = null;
        stage.Do(() =>
        {
            answer = Decide(device, command);
            if (_wakes.TryGetValue(device, out var wake))
            {
                wake();
            }
        });
        return answer!;
    }

    public void Register(DeviceId device, DeviceKind kind) =>
        Tell(device, new DeviceCommand.Register(device, kind, new StreamId("station:MAIN/S1")));

    public void Enqueue(DeviceId device, MachineCommand command, TimeSpan? within = null) =>
        Tell(device, new DeviceCommand.Enqueue(command, Now.Plus((long)(within ?? TimeSpan.FromMinutes(10)).TotalMilliseconds)));

    public async Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command)
    {
        Heard.Add((device, commandId, command));
        await Hold(command);
        if (FailBefore(command) is { } failure)
        {
            throw failure;
        }

        if (!_answers.TryGetValue(commandId, out var known))
        {
            known = (command, Decide(device, command));
            _answers.Add(commandId, known);
        }

        Assert.True(known.Body == command, $"{commandId} was used for two commands");
        return FailAfter(command) is { } lost ? throw lost : known.Answer;
    }

    public IDisposable Watch(DeviceId device, Action wake)
    {
        _wakes[device] = wake;
        return new Watching(() => _wakes.Remove(device));
    }

    private Answer Decide(DeviceId device, DeviceCommand command)
    {
        var decider = DeviceDecider.Decider;
        var state = State(device);
        var decision = decider.Decide(state, command, Now);
        foreach (var happened in decision.Events)
        {
            state = decider.Evolve(state, happened);
            decider.Check(state);
            Happened.Add((DeviceEvent)happened);
        }

        _states[device] = state;
        return decision.Answer;
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
