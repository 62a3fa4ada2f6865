namespace Warehouse.Silo.Intake;

/// <summary>An order as a channel sends it. Amounts are in minor units of the currency.</summary>
public sealed record OrderForm
{
    /// <summary>Who sends it: a key part, <c>web</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>The channel's own number of the order, up to 200 characters of any kind.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The channel's number of the customer.</summary>
    public string? Customer { get; init; }

    /// <summary>Where the parcel goes.</summary>
    public AddressForm? ShipTo { get; init; }

    /// <summary>Three letters, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>How it was paid.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>When it was placed; left out: now, by the floor's clock.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>What is ordered; a charge's code instead of a SKU makes a charge of it.</summary>
    public IReadOnlyList<LineForm>? Lines { get; init; }
}

/// <summary>An address.</summary>
public sealed record AddressForm(string? Name, string? Street, string? City, string? Postcode, string? Country);

/// <summary>A line of an order.</summary>
public sealed record LineForm(string? Sku, int Quantity, long UnitPriceMinor = 0);

/// <summary>Why an order is to be cancelled, and who says so.</summary>
public sealed record CancelForm(string? Reason, string? Who);

/// <summary>Goods that stand at the receiving dock. The receipt's number makes a repeat harmless.</summary>
public sealed record ReceiptForm(string? Receipt, string? Sku, string? Lot, int Quantity);
