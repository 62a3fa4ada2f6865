using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Simulation.Tests.Faults;

/// <summary>A noun with a mistake put in: what is not replaced is the real one's.</summary>
internal sealed class TamperedNoun(Noun real) : Noun
{
    public Func<object, Command, Moment, Decision>? Deciding { get; init; }

    public Func<object, Event, object>? Evolving { get; init; }

    public Func<object, Event, IEnumerable<Effect>>? Reacting { get; init; }

    /// <summary>Checks of its own would find some mistakes before the journal's checker can.</summary>
    public bool Unchecked { get; init; }

    public override string Name => real.Name;

    public override int Schema => real.Schema;

    public override Type StateType => real.StateType;

    public override object Initial => real.Initial;

    public override Decision Decide(object state, Command command, Moment at) =>
        Deciding?.Invoke(state, command, at) ?? real.Decide(state, command, at);

    public override object Evolve(object state, Event happened) => Evolving?.Invoke(state, happened) ?? real.Evolve(state, happened);

    public override IEnumerable<Effect> React(object state, Event happened) =>
        Reacting?.Invoke(state, happened) ?? real.React(state, happened);

    public override void Check(object state)
    {
        if (!Unchecked)
        {
            real.Check(state);
        }
    }

    /// <summary>The house's table with one noun replaced.</summary>
    public static NounTable Table(string noun, Func<Noun, TamperedNoun> tamper)
    {
        string[] names = ["agv", "crane", "device", "order", "parcel", "product", "station", "stock", "tote", "warehouse"];
        return new NounTable(names.Select(name => name == noun ? tamper(Real(name)) : Real(name)), NounTable.All.Names);
    }

    private static Noun Real(string name) => NounTable.All.Of(StreamId.Of(name, "any"));
}
