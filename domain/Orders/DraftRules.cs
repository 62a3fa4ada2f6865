using Warehouse.Domain.Deciding;
using Warehouse.Domain.Shipping;

namespace Warehouse.Domain.Orders;

/// <summary>What an order must be to be taken. Each text names field and rule, so that a sender can mend it.</summary>
public static class DraftRules
{
    /// <summary>Most lines and charges together.</summary>
    public const int MaxLines = 2_000;

    /// <summary>Most units of a line.</summary>
    public const int MaxQuantity = 100_000;

    /// <summary>Highest price of a unit and highest charge, in minor units.</summary>
    public const long MaxAmountMinor = 100_000_000_000;

    /// <summary>Longest order id; a reservation's id is that and the number of an attempt.</summary>
    public const int MaxId = 85;

    /// <summary>Longest text of any field, in characters.</summary>
    public const int MaxText = 200;

    /// <summary>Most warehouses that may ship an order.</summary>
    public const int MaxCandidates = 16;

    /// <summary>Highest and (negative) lowest priority.</summary>
    public const int MaxPriority = 1_000;

    /// <summary>The first rule that the draft breaks; null when it is an order.</summary>
    public static string? FirstDefect(OrderDraft draft) =>
        Head(draft).Concat(Address(draft.ShipTo)).Concat(Rows(draft)).Concat(Facts(draft)).FirstOrDefault(defect => defect is not null);

    private static IEnumerable<string?> Head(OrderDraft draft)
    {
        yield return Unless(
            IsOrderId(draft.Id.Text), $"id: channel/number of A-Z a-z 0-9 . _ -, at most {MaxId} characters, not '{Shown(draft.Id.Text)}'");
        yield return Text("externalId", draft.ExternalId, required: true);
        yield return Text("customer", draft.Customer, required: false);
        yield return Unless(
            draft.Currency is { Length: 3 } && draft.Currency.All(char.IsAsciiLetterUpper),
            $"currency: three letters A-Z (ISO 4217), not '{Shown(draft.Currency)}'");
        yield return Text("paymentReference", draft.PaymentReference, required: false);
        yield return Unless(
            Math.Abs((long)draft.Priority) <= MaxPriority, $"priority: -{MaxPriority} to {MaxPriority}, not {draft.Priority}");
    }

    private static IEnumerable<string?> Address(ShipTo? to)
    {
        if (to is null)
        {
            yield return "shipTo: is missing";
            yield break;
        }

        yield return Text("shipTo.name", to.Name, required: true);
        yield return Text("shipTo.street", to.Street, required: false);
        yield return Text("shipTo.city", to.City, required: false);
        yield return Text("shipTo.postcode", to.Postcode, required: false);
        yield return Text("shipTo.country", to.Country, required: true);
        yield return Unless(
            Math.Abs((long)to.LatitudeMicrodegrees) <= 90_000_000, "shipTo.latitude: -90 to 90 degrees, in micro-degrees");
        yield return Unless(
            Math.Abs((long)to.LongitudeMicrodegrees) <= 180_000_000, "shipTo.longitude: -180 to 180 degrees, in micro-degrees");
    }

    private static IEnumerable<string?> Rows(OrderDraft draft)
    {
        if (draft.Lines.IsDefault || draft.Charges.IsDefault)
        {
            yield return "lines, charges: are missing (an empty list is one)";
            yield break;
        }

        var rows = draft.Lines.Length + draft.Charges.Length;
        yield return Unless(rows >= 1, "lines: at least one line or charge");
        yield return Unless(rows <= MaxLines, $"lines: at most {MaxLines} lines and charges, not {rows}");
        foreach (var line in draft.Lines)
        {
            yield return Unless(GrainKey.IsPart(line.Sku.Text), $"line {line.Number}: sku: one key part, not '{Shown(line.Sku.Text)}'");
            yield return Unless(
                line.Quantity is >= 1 and <= MaxQuantity, $"line {line.Number}: quantity: 1 to {MaxQuantity}, not {line.Quantity}");
            yield return Unless(
                line.UnitPriceMinor is >= 0 and <= MaxAmountMinor,
                $"line {line.Number}: unitPriceMinor: 0 to {MaxAmountMinor}, not {line.UnitPriceMinor}");
        }

        foreach (var charge in draft.Charges)
        {
            yield return Text($"line {charge.Number}: code", charge.Code, required: true);
            yield return Text($"line {charge.Number}: kind", charge.Kind, required: true);
            yield return Unless(
                charge.AmountMinor is >= -MaxAmountMinor and <= MaxAmountMinor,
                $"line {charge.Number}: amountMinor: -{MaxAmountMinor} to {MaxAmountMinor}, not {charge.AmountMinor}");
        }

        var numbers = draft.Lines.Select(line => line.Number).Concat(draft.Charges.Select(charge => charge.Number)).Order().ToArray();
        yield return Unless(numbers.Length == 0 || numbers[0] >= 1, "lines: numbers count from 1");
        yield return numbers.Zip(numbers.Skip(1)).Where(pair => pair.First == pair.Second)
            .Select(pair => $"lines: number {pair.First} occurs twice").FirstOrDefault();
    }

    private static IEnumerable<string?> Facts(OrderDraft draft)
    {
        if (draft.Candidates.IsDefault || draft.UnitMassGrams is null)
        {
            yield return "candidates, unitMassGrams: are missing";
            yield break;
        }

        yield return Unless(draft.Lines.IsEmpty || !draft.Candidates.IsEmpty, "candidates: no warehouse may ship it");
        yield return Unless(draft.Candidates.Length <= MaxCandidates, $"candidates: at most {MaxCandidates}");
        yield return Unless(draft.Candidates.Distinct().Count() == draft.Candidates.Length, "candidates: each warehouse once");
        var grams = 0L;
        foreach (var line in draft.Lines)
        {
            var unit = draft.UnitMassGrams.Get(line.Sku, 0);
            yield return Unless(unit > 0, $"line {line.Number}: unitMassGrams: a positive mass is needed for {line.Sku}");
            grams += (long)unit * line.Quantity;
        }

        yield return Unless(
            grams <= ParcelDecider.MaxMassGrams, $"lines: {grams} g in all, more than a parcel's {ParcelDecider.MaxMassGrams} g");
    }

    private static bool IsOrderId(string? text) =>
        GrainKey.IsKey(text) && text!.Length <= MaxId && text.Count(c => c == '/') == 1;

    private static string? Text(string field, string? text, bool required) =>
        text is null || (required && text.Trim().Length == 0) ? $"{field}: is missing"
        : text.Length > MaxText ? $"{field}: at most {MaxText} characters, not {text.Length}"
        : text.Any(char.IsControl) ? $"{field}: control characters are not allowed"
        : null;

    private static string? Unless(bool holds, string defect) => holds ? null : defect;

    private static string Shown(string? text) => text is null ? "null" : text.Length <= 60 ? text : text[..60] + "...";
}
