using System.Text.Json;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Tests.Running;

/// <summary>A stream without journal: decides, applies, checks after each event, and keeps what happened.</summary>
internal sealed class Live<TState>(Decider<TState> decider) where TState : class
{
    public TState State { get; private set; } = decider.Initial;

    public List<Event> Events { get; } = [];

    /// <summary>What the last command wanted done.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>Names of the last command's events.</summary>
    public string Happened { get; private set; } = "";

    public Answer Do(Command command, Moment at = default)
    {
        var decision = decider.Decide(State, command, at);
        Effects.Clear();
        Happened = string.Join(" ", decision.Events.Select(happened => happened.GetType().Name));
        foreach (var happened in decision.Events)
        {
            State = decider.Evolve(State, happened);
            decider.Check(State);
            Effects.AddRange(decider.React(State, happened));
            Events.Add(happened);
        }

        Assert.True(decision.Answer.Accepted || decision.Events.IsEmpty, "a refusal changes nothing");
        return decision.Answer;
    }

    /// <summary>Does it and asserts that it was accepted.</summary>
    public Live<TState> Done(Command command, Moment at = default)
    {
        var answer = Do(command, at);
        Assert.True(answer.Accepted, $"{command}: {answer.Cause} {answer.Reason}");
        return this;
    }

    /// <summary>Asserts that the state comes back from its events, and from its JSON.</summary>
    public void AssertRestorable()
    {
        var live = JsonSerializer.Serialize(State);
        Assert.Equal(live, JsonSerializer.Serialize(Events.Aggregate(decider.Initial, decider.Evolve)));
        Assert.Equal(live, JsonSerializer.Serialize(JsonSerializer.Deserialize<TState>(live)));
    }
}
