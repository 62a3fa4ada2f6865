using System.Text;
using System.Text.Json;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Streams;

public sealed class CodecTests
{
    private readonly JournalCodec codec = new(Jar.Nouns().Names);

    [Fact]
    public void An_append_reads_as_it_was_written()
    {
        var append = new DecodedAppend(
            new Moment(5),
            [
                new RecordedCommand("mine", null, ulong.MaxValue, Answer.Yes),
                new RecordedCommand("order:uci/1#2.3", new EffectId(StreamId.Of("order", "uci/1"), 2, 3), 0, Answer.No(JarRefusal.Empty, "none")),
                new RecordedCommand("third", null, 7, Answer.With(new SweetsLeft(4))),
            ],
            [new JarEvent.Taken("ann"), new JarEvent.Filled(3)], 2);

        var read = codec.Decode(codec.Encode(append, []).Body.Span);

        Assert.Equal(append.At, read.At);
        Assert.Equal(append.Commands.AsEnumerable(), read.Commands.AsEnumerable());
        Assert.Equal(append.Events.AsEnumerable(), read.Events.AsEnumerable());
        Assert.Equal(2, read.Effects);
    }

    [Fact]
    public void A_person_can_read_it()
    {
        var append = new DecodedAppend(new Moment(5), [new RecordedCommand("t", null, 9, Answer.Yes)], [new JarEvent.Taken("ann")], 0);

        Assert.Equal(
            """{"at":5,"commands":[{"id":"t","hash":9}],"effects":0,"events":[{"is":"jar.taken","who":"ann"}]}""",
            Encoding.UTF8.GetString(codec.Encode(append, []).Body.Span));
    }

    [Fact]
    public void Commands_within_answers_within_commands_keep_their_types()
    {
        var enqueue = new DeviceCommand.Enqueue(new MachineCommand.LightOff(PickTaskId.Parse("MAIN/S1/7")), new Moment(9));
        var answered = new Answered(StreamId.Of("device", "MAIN/ptl-S1-03"), enqueue, Answer.With(new SweetsLeft(1)));

        Assert.Equal(answered, codec.DecodeCommand(codec.EncodeCommand(answered).Span));
    }

    [Fact]
    public void An_unknown_name_throws() => Assert.Throws<JsonException>(() =>
        codec.Decode("""{"at":5,"commands":[],"effects":0,"events":[{"is":"jar.melted"}]}"""u8));

    [Fact]
    public void An_event_of_an_old_shape_is_read_in_its_present_one()
    {
        var present = new JournalCodec(
            Jar.Nouns().Names, new Upcasters().Add<JarEvent.FilledOnce>(old => new JarEvent.Filled(old.Dozens * 12)));

        var read = present.Decode("""{"at":5,"commands":[],"effects":0,"events":[{"is":"jar.filled","dozens":2}]}"""u8);

        Assert.Equal([new JarEvent.Filled(24)], read.Events.AsEnumerable());
    }

    [Fact]
    public void Two_types_of_one_name_are_refused() => Assert.Contains(
        "stands for both",
        Assert.Throws<InvalidOperationException>(
            () => NameTable.Of(typeof(Jar).Assembly, typeof(Jar).Assembly)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_hash_leaves_out_times_and_facts_and_nothing_else()
    {
        var draft = new OrderDraft(
            OrderId.Parse("uci/1"), "1", "c", new ShipTo("n", "s", "c", "p", "UK", 1, 2), "GBP", "pay", 1, new Moment(5),
            [new OrderLine(1, Sku.Parse("A"), 2, 100)], [], [WarehouseId.Parse("MAIN")], System.Collections.Immutable.ImmutableSortedDictionary<Sku, int>.Empty);
        ulong Hash(OrderDraft of) => codec.HashOf(new OrderCommand.Place(of));

        Assert.Equal(Hash(draft), Hash(draft with { PlacedAt = new Moment(6), Candidates = [] }));
        Assert.Equal(Hash(draft), Hash(draft with { ShipTo = draft.ShipTo with { LatitudeMicrodegrees = 9 } }));
        Assert.NotEqual(Hash(draft), Hash(draft with { Customer = "d" }));
        Assert.NotEqual(Hash(draft), Hash(draft with { Lines = [new OrderLine(1, Sku.Parse("A"), 3, 100)] }));
    }
}
