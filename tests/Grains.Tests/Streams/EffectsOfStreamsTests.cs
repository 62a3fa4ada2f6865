using Warehouse.Domain.Deciding;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Streams;

public sealed class EffectsOfStreamsTests
{
    private static readonly StreamId Other = Jar.Stream("cellar");

    [Fact]
    public async Task Effects_are_written_exactly_as_decided_numbered_through_the_append()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        house.Store.Stall();
        var first = jar.Execute(Envelope.From("x", new JarCommand.Fill(1)));
        await house.Store.Held.Bound("the first write");
        var due = house.Now.Plus(60_000);
        var told = jar.Execute(Envelope.From("a", new JarCommand.Tell(Other, 7)));
        var woken = jar.Execute(Envelope.From("b", new JarCommand.WakeMe(due)));
        house.Store.Resume();
        await Task.WhenAll(first, told, woken).Bound("all answers");

        var effects = house.Store.Effects;
        Assert.Equal([new EffectId(jar.Id, 2, 0), new EffectId(jar.Id, 2, 1)], effects.Select(effect => effect.Id));
        Assert.Equal([Other, jar.Id], effects.Select(effect => effect.Target));
        Assert.Equal([null, due], effects.Select(effect => effect.Due));
        Assert.Equal(
            [new JarCommand.Fill(7), new JarCommand.Wake()],
            effects.Select(effect => house.Codec.DecodeCommand(effect.Body.Span)));
        Assert.All(effects, effect => Assert.Equal(Partition.Of(jar.Id), effect.Partition));
    }

    [Fact]
    public async Task The_append_that_records_an_answer_deletes_the_effect()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Envelope.From("a", new JarCommand.Tell(Other, 7)));
        var effect = house.Store.Effects.Single();

        await jar.Execute(Envelope.Of(effect.Id, new Answered(Other, new JarCommand.Fill(7), Answer.Yes)));

        Assert.Empty(house.Store.Effects);
        Assert.Equal(["jar:cellar: yes"], ((JarState)jar.Durable).Heard.AsEnumerable());
    }

    [Fact]
    public async Task An_answer_to_a_settled_effect_is_an_echo_also_after_reactivation()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Envelope.From("a", new JarCommand.Tell(Other, 7)));
        var answered = Envelope.Of(
            house.Store.Effects.Single().Id, new Answered(Other, new JarCommand.Fill(7), Answer.Yes));
        await jar.Execute(answered);

        await jar.Execute(answered);
        await (await house.Activate()).Execute(answered);

        Assert.Equal(2, house.Store.Rows.Count);
    }

    [Fact]
    public async Task A_wake_comes_once_however_often_it_is_delivered()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        await jar.Execute(Envelope.From("a", new JarCommand.WakeMe(house.Now)));
        var wake = Envelope.Of(house.Store.Effects.Single().Id, new JarCommand.Wake());

        await jar.Execute(wake);
        await jar.Execute(wake);

        Assert.Equal(1, ((JarState)jar.Durable).Woken);
        Assert.Empty(house.Store.Effects);
    }

    [Fact]
    public async Task A_repeated_effect_of_a_source_gets_its_answer_and_an_older_one_a_plain_yes()
    {
        await using var house = new JarHouse();
        var jar = await house.Activate();
        var first = Envelope.Of(new EffectId(Other, 3, 0), new JarCommand.Take("ann"));
        var second = Envelope.Of(new EffectId(Other, 3, 1), new JarCommand.Fill(4));
        Assert.True((await jar.Execute(first)).Is(JarRefusal.Empty));
        Assert.True((await jar.Execute(first)).Is(JarRefusal.Empty));
        await jar.Execute(second);

        Assert.Equal(Answer.Yes, await jar.Execute(first));
        Assert.Equal(2, house.Store.Rows.Count);
        Assert.Equal(4, ((JarState)jar.Durable).Sweets);
    }

    [Fact]
    public async Task An_answer_that_reaches_a_stale_activation_is_not_lost()
    {
        await using var house = new JarHouse();
        var stale = await house.Activate();
        var fresh = await house.Activate();
        await fresh.Execute(Envelope.From("a", new JarCommand.Tell(Other, 7)));
        var id = house.Store.Effects.Single().Id;

        await stale.Execute(Envelope.Of(id, new Answered(Other, new JarCommand.Fill(7), Answer.Yes))).Bound("the answer");

        Assert.Empty(house.Store.Effects);
        Assert.Single(((JarState)stale.Durable).Heard);
    }
}
