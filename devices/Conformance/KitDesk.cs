using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Conformance;

/// <summary>The device's stream around the production decider, and a switch that cuts it off.</summary>
internal sealed class KitDesk(KitStage stage) : IDeviceDesk
{
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private DeviceState _state = DeviceState.Initial;
    private Action? _wake;

    /// <summary>True while nobody answers.</summary>
    public bool Away { get; set; }

    /// <summary>Facts that are durable, in order.</summary>
    public List<DeviceSignal> Said { get; } = [];

    /// <summary>What became of commands.</summary>
    public List<OutboxOutcome> Outcomes { get; } = [];

    /// <summary>The stream's state.</summary>
    public DeviceState State => _state;

    /// <summary>Something from elsewhere; wakes the session.</summary>
    public void Tell(DeviceCommand command) => stage.Do(() =>
    {
        var answer = Decide(command);
        if (!answer.Accepted)
        {
            throw new ConformanceException($"the device's stream refused {command.GetType().Name}: {answer.Reason}");
        }

        _wake?.Invoke();
    });

    public Task<Answer> Execute(DeviceId device, string commandId, DeviceCommand command)
    {
        if (Away)
        {
            throw new TimeoutException("the desk is away");
        }

        if (!_answers.TryGetValue(commandId, out var answer))
        {
            _answers.Add(commandId, answer = Decide(command));
        }

        return Task.FromResult(answer);
    }

    public IDisposable Watch(DeviceId device, Action wake)
    {
        _wake = wake;
        return new Watching(() => _wake = null);
    }

    private Answer Decide(DeviceCommand command)
    {
        var decision = DeviceDecider.Decider.Decide(_state, command, Moment.Of(stage.Clock.GetUtcNow()));
        foreach (var happened in decision.Events)
        {
            _state = DeviceDecider.Decider.Evolve(_state, happened);
            DeviceDecider.Decider.Check(_state);
            if (happened is DeviceEvent.Said said)
            {
                Said.Add(said.Signal);
            }
            else if (happened is DeviceEvent.Ended ended)
            {
                Outcomes.Add(ended.Outcome);
            }
        }

        return decision.Answer;
    }

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
