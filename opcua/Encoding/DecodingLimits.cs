namespace Warehouse.OpcUa.Encoding;

/// <summary>
/// What a decoder takes at most. Every length is checked against the bytes that are left before anything is allocated, so a
/// message of n bytes never makes more than <see cref="AllocationFactor"/> times n bytes, plus a constant for the object around it.
/// </summary>
public sealed record DecodingLimits
{
    /// <summary>Most bytes allocated for each byte of a message: an array of empty DataValues costs one byte each on the wire.</summary>
    public const int AllocationFactor = 160;

    /// <summary>Bytes of a String or a ByteString. Default 4 MiB.</summary>
    public int MaxStringLength { get; init; } = 4 << 20;

    /// <summary>Elements of an array. Default 262,144.</summary>
    public int MaxArrayLength { get; init; } = 1 << 18;

    /// <summary>Levels of Variants, ExtensionObjects and DiagnosticInfos within each other (Part 6, 5.2.2.12 and 5.2.2.16 ask for 100 at most).</summary>
    public int MaxNesting { get; init; } = 32;

    /// <summary>The defaults.</summary>
    public static DecodingLimits Default { get; } = new();
}
