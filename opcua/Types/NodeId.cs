using System.Globalization;

namespace Warehouse.OpcUa.Types;

/// <summary>The kinds of identifier (Part 6, 5.2.2.9).</summary>
public enum IdType
{
    /// <summary>A number.</summary>
    Numeric,
    /// <summary>A text.</summary>
    String,
    /// <summary>A Guid.</summary>
    Guid,
    /// <summary>Bytes; kept as Base64.</summary>
    Opaque,
}

/// <summary>The name of a node in one server (Part 3, 8.2). The default is the null NodeId, <c>i=0</c>.</summary>
public readonly record struct NodeId
{
    private readonly object? _other;

    /// <summary>A numeric one of namespace 0.</summary>
    public NodeId(uint numeric) => Numeric = numeric;

    /// <summary>A numeric one.</summary>
    public NodeId(ushort namespaceIndex, uint numeric) => (NamespaceIndex, Numeric) = (namespaceIndex, numeric);

    /// <summary>One by text.</summary>
    public NodeId(ushort namespaceIndex, string text) => (NamespaceIndex, IdType, _other) = (namespaceIndex, IdType.String, text);

    /// <summary>One by Guid.</summary>
    public NodeId(ushort namespaceIndex, Guid guid) => (NamespaceIndex, IdType, _other) = (namespaceIndex, IdType.Guid, guid);

    /// <summary>One by bytes.</summary>
    public NodeId(ushort namespaceIndex, ReadOnlySpan<byte> opaque) =>
        (NamespaceIndex, IdType, _other) = (namespaceIndex, IdType.Opaque, Convert.ToBase64String(opaque));

    /// <summary>Index into the server's NamespaceArray.</summary>
    public ushort NamespaceIndex { get; private init; }

    /// <summary>Which kind.</summary>
    public IdType IdType { get; }

    /// <summary>The number of a numeric one; else 0.</summary>
    public uint Numeric { get; }

    /// <summary>The text of a String one, the Base64 of an Opaque one; else null.</summary>
    public string? Text => _other as string;

    /// <summary>The Guid of a Guid one.</summary>
    public Guid Guid => _other is Guid guid ? guid : default;

    /// <summary>Whether it names nothing.</summary>
    public bool IsNull => IdType switch
    {
        IdType.Numeric => Numeric == 0 && NamespaceIndex == 0,
        IdType.Guid => Guid == default && NamespaceIndex == 0,
        _ => string.IsNullOrEmpty(Text) && NamespaceIndex == 0,
    };

    /// <summary>The same identifier in another namespace.</summary>
    public NodeId In(ushort namespaceIndex) => this with { NamespaceIndex = namespaceIndex };

    /// <summary>Reads the notation of Part 6, 5.3.1.10: <c>ns=2;s=Crane01</c>.</summary>
    public static NodeId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no NodeId");

    /// <summary>Reads the notation of Part 6, 5.3.1.10.</summary>
    public static bool TryParse(string text, out NodeId id)
    {
        id = default;
        ushort space = 0;
        var rest = text.AsSpan();
        if (rest.StartsWith("ns=", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(';');
            if (end < 0 || !ushort.TryParse(rest[3..end], NumberStyles.None, CultureInfo.InvariantCulture, out space))
            {
                return false;
            }

            rest = rest[(end + 1)..];
        }

        if (rest.Length < 2 || rest[1] != '=')
        {
            return false;
        }

        var value = rest[2..];
        switch (rest[0])
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                id = new(space, number);
                return true;
            case 's':
                id = new(space, value.ToString());
                return true;
            case 'g' when Guid.TryParse(value, out var guid):
                id = new(space, guid);
                return true;
            case 'b':
                var bytes = new byte[value.Length];
                if (Convert.TryFromBase64Chars(value, bytes, out var written))
                {
                    id = new(space, bytes.AsSpan(0, written));
                    return true;
                }

                return false;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var space = NamespaceIndex == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"ns={NamespaceIndex};");
        return IdType switch
        {
            IdType.Numeric => string.Create(CultureInfo.InvariantCulture, $"{space}i={Numeric}"),
            IdType.String => $"{space}s={Text}",
            IdType.Guid => $"{space}g={Guid}",
            IdType.Opaque => $"{space}b={Text}",
        };
    }
}

/// <summary>A NodeId that may name its namespace by URI and its server (Part 6, 5.2.2.10).</summary>
/// <param name="NodeId">The node; its index counts when there is no URI.</param>
/// <param name="NamespaceUri">The namespace; null when the index says it.</param>
/// <param name="ServerIndex">Index into the ServerArray; 0 is the server itself.</param>
public readonly record struct ExpandedNodeId(NodeId NodeId, string? NamespaceUri = null, uint ServerIndex = 0)
{
    /// <summary>A node of the server itself.</summary>
    public static implicit operator ExpandedNodeId(NodeId id) => new(id);

    /// <inheritdoc/>
    public override string ToString() => NamespaceUri is null ? NodeId.ToString() : $"nsu={NamespaceUri};{NodeId.In(0)}";
}
