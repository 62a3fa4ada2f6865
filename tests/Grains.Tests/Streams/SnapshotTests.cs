using Warehouse.Domain.Deciding;
using Warehouse.Grains.Tests.Toy;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Streams;

public sealed class SnapshotTests
{
    private static readonly StreamOptions EveryFive = new() { SnapshotEvery = 5 };

    private static async Task<JarHouse> Filled(int times)
    {
        var house = new JarHouse(options: EveryFive);
        var jar = await house.Activate();
        for (var i = 0; i < times; i++)
        {
            await jar.Execute(Envelope.From($"f{i}", new JarCommand.Fill(1)));
        }

        return house;
    }

    private static async Task<long> VersionOf(JarHouse house) => (await house.Snapshots.Read(Jar.Stream()))!.Version;

    [Fact]
    public async Task One_is_kept_every_so_many_appends_and_on_deactivation()
    {
        await using var house = await Filled(12);
        Assert.Equal(10, await VersionOf(house));

        await (await house.Activate()).Deactivate();

        Assert.Equal(12, await VersionOf(house));
    }

    [Fact]
    public async Task One_larger_than_the_rows_behind_it_waits_for_as_many_bytes()
    {
        await using var house = new JarHouse(options: new StreamOptions { SnapshotEvery = 1 });
        var jar = await house.Activate();
        var kept = new SortedSet<long>();
        for (var i = 0; i < 64; i++)
        {
            await jar.Execute(Envelope.From($"f{i}", new JarCommand.Fill(1)));
            if (await house.Snapshots.Read(Jar.Stream()) is { } there)
            {
                kept.Add(there.Version);
            }
        }

        // It remembers every command, and so doubles about as often as the version does.
        Assert.InRange(kept.Count, 2, 12);
    }

    [Fact]
    public async Task A_stream_goes_on_from_its_snapshot_with_its_memory_of_commands()
    {
        await using var house = await Filled(12);

        var jar = await house.Activate();
        await jar.Execute(Envelope.From("f3", new JarCommand.Fill(1)));
        await jar.Execute(Envelope.From("new", new JarCommand.Fill(1)));

        Assert.Equal(13, jar.Version);
        Assert.Equal(13, ((JarState)jar.Durable).Sweets);
    }

    [Fact]
    public async Task A_good_snapshot_is_really_used()
    {
        await using var house = await Filled(10);
        var body = house.Codec.EncodeSnapshot(
            Jar.Nouns().Of(Jar.Stream()), new JarState(777, 0, []), new LedgerImage([], [], []));
        house.Snapshots.Tamper(
            Jar.Stream(), there => there with { Body = body, Checksum = StreamSnapshots.ChecksumOf(body) });

        Assert.Equal(777, ((JarState)(await house.Activate()).Durable).Sweets);
    }

    public static TheoryData<string> Damages => ["gone", "cut", "flipped", "other schema", "ahead", "empty", "unreadable", "other stream"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_bad_snapshot_is_dropped_and_the_journal_replayed(string damage)
    {
        await using var house = await Filled(12);
        house.Snapshots.FailReads = damage == "unreadable";
        house.Snapshots.Tamper(Jar.Stream(), there => damage switch
        {
            "gone" => null,
            "cut" => there with { Body = there.Body[..^3] },
            "flipped" => there with { Body = Flipped(there.Body) },
            "other schema" => there with { Schema = 2 },
            "ahead" => there with { Version = 13 },
            "empty" => there with { Body = default },
            "other stream" => there with { Stream = Jar.Stream("cellar") },
            _ => there,
        });

        var jar = await house.Activate();

        Assert.Equal(12, jar.Version);
        Assert.Equal(12, ((JarState)jar.Durable).Sweets);
        await jar.Execute(Envelope.From("f3", new JarCommand.Fill(1)));
        Assert.Equal(12, jar.Version);
    }

    [Fact]
    public async Task A_failed_write_is_told_and_disturbs_nobody()
    {
        var told = 0;
        await using var house = new JarHouse(options: EveryFive with { SnapshotFailed = (_, _) => told++ });
        house.Snapshots.FailWrites = true;
        var jar = await house.Activate();
        for (var i = 0; i < 11; i++)
        {
            Assert.True((await jar.Execute(Envelope.From($"f{i}", new JarCommand.Fill(1)))).Accepted);
        }

        Assert.Equal(2, told);
    }

    [Fact]
    public async Task Replay_and_live_state_are_equal()
    {
        await using var house = await Filled(4);
        var live = await house.Activate();
        await live.Execute(Envelope.From("t", new JarCommand.Take("ann")));
        await live.Execute(Envelope.From("e", new JarCommand.Tell(Jar.Stream("cellar"), 2)));
        house.Snapshots.Tamper(Jar.Stream(), _ => null);

        var replayed = await house.Activate();

        Assert.Equal(live.Version, replayed.Version);
        var (one, two) = ((JarState)live.Durable, (JarState)replayed.Durable);
        Assert.Equal((one.Sweets, one.Woken), (two.Sweets, two.Woken));
        Assert.Equal(one.Heard.AsEnumerable(), two.Heard.AsEnumerable());
    }

    private static ReadOnlyMemory<byte> Flipped(ReadOnlyMemory<byte> body)
    {
        var bytes = body.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }
}
