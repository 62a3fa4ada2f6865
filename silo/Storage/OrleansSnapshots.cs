using Orleans.Storage;
using Warehouse.Domain.Deciding;
using Warehouse.Journal;

namespace Warehouse.Silo.Storage;

/// <summary>
/// Snapshots on the named grain storage of Orleans: AdoNet on an SQLite file of its own, or on PostgreSQL. Whatever
/// cannot be read counts as none. A write that meets another version reads again and goes on only if it is the newer.
/// </summary>
public sealed class OrleansSnapshots(IGrainStorage storage) : ISnapshots
{
    /// <summary>The grain storage's name, and the state's name within it.</summary>
    public const string Name = "snapshots";

    private const int MaxTries = 3;

    /// <inheritdoc/>
    public async Task<Snapshot?> Read(StreamId stream)
    {
        var state = new GrainState<StoredSnapshot>(new StoredSnapshot());
        await storage.ReadStateAsync(Name, GrainOf(stream), state);
        return state.RecordExists && state.State is { Body: { } body } found
            ? new Snapshot(stream, found.Version, found.Schema, body, found.Checksum)
            : null;
    }

    /// <inheritdoc/>
    public async Task Write(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        for (var left = MaxTries; ; left--)
        {
            var state = new GrainState<StoredSnapshot>(new StoredSnapshot());
            await storage.ReadStateAsync(Name, GrainOf(snapshot.Stream), state);
            if (state.RecordExists && state.State?.Version >= snapshot.Version)
            {
                return;
            }

            state.State = new StoredSnapshot
            {
                Version = snapshot.Version,
                Schema = snapshot.Schema,
                Body = snapshot.Body.ToArray(),
                Checksum = snapshot.Checksum,
            };
            try
            {
                await storage.WriteStateAsync(Name, GrainOf(snapshot.Stream), state);
                return;
            }
            catch (InconsistentStateException) when (left > 1)
            {
                // Another activation wrote meanwhile: look at what it wrote.
            }
        }
    }

    private static GrainId GrainOf(StreamId stream) => GrainId.Create(Name, stream.Text);
}

/// <summary>A snapshot as the grain storage keeps it: flat, so that it can be read whatever the state's shape was.</summary>
[GenerateSerializer, Alias("silo.stored-snapshot")]
public sealed class StoredSnapshot
{
    [Id(0)] public long Version { get; set; }

    [Id(1)] public int Schema { get; set; }

    [Id(2)] public byte[]? Body { get; set; }

    [Id(3)] public uint Checksum { get; set; }
}
