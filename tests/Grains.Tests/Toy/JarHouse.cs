using Microsoft.Extensions.Time.Testing;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Grains.Tests.Toy;

/// <summary>A committer and all that streams need around one store; each test builds its own.</summary>
public sealed class JarHouse : IAsyncDisposable
{
    public JarHouse(MemoryJournalStore? store = null, StreamOptions? options = null)
    {
        Store = store ?? new MemoryJournalStore();
        Options = options ?? new StreamOptions();
        Committer = new Committer(Store);
        Committer.Start();
    }

    public MemoryJournalStore Store { get; }

    public StreamOptions Options { get; }

    public Committer Committer { get; }

    public MemorySnapshots Snapshots { get; } = new();

    public JournalCodec Codec { get; } = new(Jar.Nouns().Names);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    public Moment Now => Moment.Of(Clock.GetUtcNow());

    public Task<EventStream> Activate(string key = "kitchen", int schema = 1) => EventStream.Activate(
        Jar.Stream(key),
        new StreamPorts(Jar.Nouns(schema), Codec, Store, Committer, Snapshots, Clock, Options));

    public IReadOnlyList<DecodedAppend> Appends() =>
        [.. Store.Rows.Select(row => Codec.Decode(row.Body.Span))];

    public async ValueTask DisposeAsync() => await Committer.Stop();
}
