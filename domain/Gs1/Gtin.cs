namespace Warehouse.Domain.Gs1;

/// <summary>A Global Trade Item Number, the number under a product's barcode: 8, 12, 13 or 14 digits.</summary>
public static class Gtin
{
    /// <summary>True when <paramref name="text"/> has one of the four lengths and a right check digit.</summary>
    public static bool IsValid(string? text) => text is { Length: 8 or 12 or 13 or 14 } && CheckDigit.Fits(text);
}
