using System.Collections.Immutable;
using Warehouse.Contracts;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Journal;

namespace Warehouse.Silo.Api;

/// <summary>One thing that happened to an order: when, what it is called in the journal, and what it says.</summary>
public sealed record HistoryEntry(DateTimeOffset At, string Event, object Detail);

/// <summary>An order, where it stands and why, and everything that happened to it.</summary>
public sealed record OrderReport(
    string Channel, string ExternalId, string Order, string State, string Reason, bool IsFinal, string? Warehouse, string? Parcel,
    IReadOnlyList<OrderLine> Lines, IReadOnlyList<OrderCharge> Charges, IReadOnlyList<HistoryEntry> History);

/// <summary>Reads an order: its state from the grain, its history from the journal.</summary>
public sealed class OrderReading(IGrainFactory grains, IJournalStore store, JournalCodec codec)
{
    private const int Page = 500;
    private const int MaxEntries = 5_000;

    /// <summary>The order, or null when there is none under exactly this external id.</summary>
    public async Task<OrderReport?> Find(string channel, string externalId)
    {
        var order = ExternalIds.Order(channel, externalId);
        var state = await grains.GetGrain<IOrderGrain>(order.Text).Read();
        return state.Draft is { } draft && draft.ExternalId == externalId
            ? new OrderReport(
                channel, externalId, order.Text, state.Stage.ToString(), state.Reason, state.IsFinal, state.Warehouse?.Text, state.Parcel?.Sscc.Text,
                draft.Lines, draft.Charges, await History(order.Stream))
            : null;
    }

    private async Task<ImmutableArray<HistoryEntry>> History(StreamId stream)
    {
        var history = ImmutableArray.CreateBuilder<HistoryEntry>();
        var version = 0L;
        while (history.Count < MaxEntries && await store.ReadStream(stream, version, Page) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                var append = codec.Decode(row.Body.Span);
                history.AddRange(append.Events.Select(happened => new HistoryEntry(append.At.ToDateTimeOffset(), Name(happened), happened)));
                version = row.Version;
            }
        }

        return history.ToImmutable();
    }

    private static string Name(Event happened) => happened.GetType().Name;
}
