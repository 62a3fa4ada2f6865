namespace Warehouse.Domain.Gs1;

/// <summary>What an RFID tag says it is on (GS1 EPC Tag Data Standard 2.x). Anything that is no such thing is <see cref="Raw"/>.</summary>
public abstract record Epc
{
    private Epc() { }

    /// <summary>The scheme as in tag URIs: <c>sgtin-96</c>, <c>sscc+</c>, <c>raw</c>.</summary>
    public abstract string Scheme { get; }

    /// <summary>The tag's own name: its tag URI, for schemes that have none (those with a plus) the Digital Link, else the raw URI.</summary>
    public abstract string Uri { get; }

    /// <summary>An item with a serial number.</summary>
    /// <param name="Coding">How the tag has it: sgtin-96, sgtin-198 or sgtin+.</param>
    /// <param name="Filter">What it is: 1 point-of-sale item, 2 full case, 4 inner pack, 6 unit load, 7 component, 0 others.</param>
    /// <param name="CompanyPrefix">The GS1 company prefix; null in SGTIN+, which does not say how long it is.</param>
    /// <param name="Gtin14">The GTIN, 14 digits with check digit.</param>
    /// <param name="Serial">The serial number, at most 20 characters.</param>
    public sealed record Sgtin(string Coding, int Filter, string? CompanyPrefix, string Gtin14, string Serial) : Epc
    {
        /// <inheritdoc/>
        public override string Scheme => Coding;

        /// <inheritdoc/>
        public override string Uri => CompanyPrefix is null
            ? DigitalLink
            : $"urn:epc:tag:{Coding}:{Filter}.{CompanyPrefix}.{ItemReference}.{EpcText.Escaped(Serial)}";

        /// <summary>Of the item, whichever tag it has; null without a company prefix.</summary>
        public string? IdUri => CompanyPrefix is null ? null : $"urn:epc:id:sgtin:{CompanyPrefix}.{ItemReference}.{EpcText.Escaped(Serial)}";

        /// <summary>The item as a GS1 Digital Link.</summary>
        public string DigitalLink => $"https://id.gs1.org/01/{Gtin14}/21/{System.Uri.EscapeDataString(Serial)}";

        /// <summary>Indicator digit and item reference; empty without a company prefix.</summary>
        public string ItemReference => CompanyPrefix is null ? "" : Gtin14[0] + Gtin14[(1 + CompanyPrefix.Length)..13];
    }

    /// <summary>A logistic unit: a parcel, a pallet.</summary>
    /// <param name="Coding">How the tag has it: sscc-96 or sscc+.</param>
    /// <param name="Filter">2 full case, 6 unit load, 0 others.</param>
    /// <param name="CompanyPrefix">The GS1 company prefix; null in SSCC+.</param>
    /// <param name="Sscc18">The SSCC, 18 digits with check digit.</param>
    public sealed record Sscc(string Coding, int Filter, string? CompanyPrefix, string Sscc18) : Epc
    {
        /// <inheritdoc/>
        public override string Scheme => Coding;

        /// <inheritdoc/>
        public override string Uri => CompanyPrefix is null ? DigitalLink : $"urn:epc:tag:{Coding}:{Filter}.{CompanyPrefix}.{SerialReference}";

        /// <summary>Of the unit, whichever tag it has; null without a company prefix.</summary>
        public string? IdUri => CompanyPrefix is null ? null : $"urn:epc:id:sscc:{CompanyPrefix}.{SerialReference}";

        /// <summary>The unit as a GS1 Digital Link.</summary>
        public string DigitalLink => $"https://id.gs1.org/00/{Sscc18}";

        /// <summary>Extension digit and serial reference; empty without a company prefix.</summary>
        public string SerialReference => CompanyPrefix is null ? "" : Sscc18[0] + Sscc18[(1 + CompanyPrefix.Length)..17];
    }

    /// <summary>A returnable asset: a tote, a pallet that comes back.</summary>
    /// <param name="Filter">No values are standardised beyond 0.</param>
    /// <param name="CompanyPrefix">The GS1 company prefix.</param>
    /// <param name="AssetType">The asset type; with the prefix 12 digits.</param>
    /// <param name="Serial">The serial number.</param>
    public sealed record Grai(int Filter, string CompanyPrefix, string AssetType, long Serial) : Epc
    {
        /// <inheritdoc/>
        public override string Scheme => "grai-96";

        /// <inheritdoc/>
        public override string Uri => FormattableString.Invariant($"urn:epc:tag:grai-96:{Filter}.{CompanyPrefix}.{AssetType}.{Serial}");

        /// <summary>Of the asset, whichever tag it has.</summary>
        public string IdUri => FormattableString.Invariant($"urn:epc:id:grai:{CompanyPrefix}.{AssetType}.{Serial}");
    }

    /// <summary>Bits that are no scheme known here, are broken, or belong to ISO and not to GS1.</summary>
    /// <param name="Bits">How many.</param>
    /// <param name="Hex">They, in upper-case hexadecimal.</param>
    /// <param name="Afi">ISO's application family identifier when the tag says that it is not GS1's; else null.</param>
    public sealed record Raw(int Bits, string Hex, byte? Afi = null) : Epc
    {
        /// <inheritdoc/>
        public override string Scheme => "raw";

        /// <inheritdoc/>
        public override string Uri => Afi is { } afi
            ? FormattableString.Invariant($"urn:epc:raw:{Bits}.x{afi:X2}.x{Hex}")
            : FormattableString.Invariant($"urn:epc:raw:{Bits}.x{Hex}");
    }
}
