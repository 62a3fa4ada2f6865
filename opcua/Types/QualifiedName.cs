namespace Warehouse.OpcUa.Types;

/// <summary>A name within a namespace (Part 3, 8.3).</summary>
public readonly record struct QualifiedName(ushort NamespaceIndex, string? Name)
{
    /// <summary>A name of namespace 0.</summary>
    public QualifiedName(string name) : this(0, name) { }

    /// <summary>Reads <c>2:Name</c> or <c>Name</c>.</summary>
    public static QualifiedName Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ushort.TryParse(text.AsSpan(0, colon), out var space) ? new(space, text[(colon + 1)..]) : new(0, text);
    }

    /// <inheritdoc/>
    public override string ToString() => NamespaceIndex == 0 ? Name ?? string.Empty : $"{NamespaceIndex}:{Name}";
}

/// <summary>A text for people (Part 3, 8.5).</summary>
public readonly record struct LocalizedText(string? Locale, string? Text)
{
    /// <summary>A text without a locale.</summary>
    public LocalizedText(string? text) : this(null, text) { }

    /// <inheritdoc/>
    public override string ToString() => Text ?? string.Empty;
}

/// <summary>An XML fragment (Part 6, 5.2.2.8); kept as text, never parsed here.</summary>
public sealed record XmlElement(string Text);

/// <summary>Diagnostics that a server attaches when asked (Part 4, 7.12). The numbers index the response's string table; -1 is none.</summary>
public sealed record DiagnosticInfo(
    int SymbolicId = -1, int NamespaceUri = -1, int Locale = -1, int LocalizedText = -1, string? AdditionalInfo = null,
    StatusCode InnerStatusCode = default, DiagnosticInfo? InnerDiagnosticInfo = null);
