namespace Warehouse.Domain.Orders;

/// <summary>
/// Whether two drafts are the same order. What intake adds on its own (time, position, candidates, masses) may differ
/// between two deliveries of one order and does not count.
/// </summary>
internal static class SameDraft
{
    /// <summary>True when the channel sent the same.</summary>
    public static bool Is(OrderDraft known, OrderDraft again) => Difference(known, again).Length == 0;

    /// <summary>The field that differs; empty when none does.</summary>
    public static string Difference(OrderDraft known, OrderDraft again) =>
        known.ExternalId != again.ExternalId ? "another externalId has the same key"
        : known.Customer != again.Customer ? "customer differs"
        : Sent(known.ShipTo) != Sent(again.ShipTo) ? "shipTo differs"
        : known.Currency != again.Currency ? "currency differs"
        : known.PaymentReference != again.PaymentReference ? "paymentReference differs"
        : known.Priority != again.Priority ? "priority differs"
        : !known.Lines.SequenceEqual(again.Lines) ? "lines differ"
        : !known.Charges.SequenceEqual(again.Charges) ? "charges differ"
        : "";

    private static ShipTo Sent(ShipTo to) => to with { LatitudeMicrodegrees = 0, LongitudeMicrodegrees = 0 };
}
