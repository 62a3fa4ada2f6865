using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Channels;

/// <summary>A message's body: its encoding's node, and then the record (Part 6, 5.2.9).</summary>
internal static class MessageBody
{
    public static void Write(BinaryEncoder to, object message)
    {
        var type = KnownTypes.Of(message.GetType());
        to.WriteNodeId(new NodeId(type.EncodingId));
        type.WriteBoxed(to, message);
    }

    /// <summary>The message; null when its type is none of ours.</summary>
    public static object? Read(BinaryDecoder from) => ByNode(from.ReadNodeId())?.ReadBoxed(from);

    private static KnownType? ByNode(NodeId id) => id is { NamespaceIndex: 0, IdType: IdType.Numeric } ? KnownTypes.ByEncoding(id.Numeric) : null;
}
