using System.Reflection;

namespace Warehouse.OpcUa.Encoding;

/// <summary>The numeric id of a record's <c>Default Binary</c> encoding in namespace 0 (Part 6, A.3).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BinaryEncodingAttribute(uint id) : Attribute
{
    /// <summary>The id.</summary>
    public uint Id => id;

    /// <summary>The numeric id of the data type itself; 0 when nothing here needs it.</summary>
    public uint DataType { get; init; }
}

/// <summary>The records of this stack that may stand in an ExtensionObject or be a message.</summary>
internal static class KnownTypes
{
    private static readonly Dictionary<Type, KnownType> s_byClr = typeof(KnownTypes).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<BinaryEncodingAttribute>() is not null)
        .ToDictionary(type => type, type => (KnownType)Activator.CreateInstance(
            typeof(KnownType<>).MakeGenericType(type), type.GetCustomAttribute<BinaryEncodingAttribute>()!.Id)!);

    private static readonly Dictionary<uint, KnownType> s_byEncoding = s_byClr.Values.ToDictionary(type => type.EncodingId);

    private static readonly Dictionary<uint, KnownType> s_byDataType = s_byClr
        .Select(pair => (pair.Key.GetCustomAttribute<BinaryEncodingAttribute>()!.DataType, pair.Value))
        .Where(pair => pair.DataType != 0).ToDictionary(pair => pair.DataType, pair => pair.Value);

    public static IEnumerable<KnownType> All => s_byClr.Values;

    public static KnownType Of(Type clr) => s_byClr.TryGetValue(clr, out var known) ? known : throw new ArgumentException($"{clr} has no encoding", nameof(clr));

    public static KnownType? ByEncoding(uint encodingId) => s_byEncoding.GetValueOrDefault(encodingId);

    public static KnownType? ByDataType(uint dataType) => s_byDataType.GetValueOrDefault(dataType);

    public static uint EncodingOf(Type clr) => Of(clr).EncodingId;
}

/// <summary>One of them.</summary>
internal abstract class KnownType(uint encodingId)
{
    private static readonly byte[] s_zeroes = new byte[256];

    public uint EncodingId => encodingId;

    public abstract int Smallest { get; }

    /// <summary>The record whose every field is its default: what zero bytes say.</summary>
    public object Empty => ReadBoxed(new BinaryDecoder(s_zeroes));

    public abstract object ReadBoxed(BinaryDecoder from);

    public abstract void WriteBoxed(BinaryEncoder to, object value);
}

internal sealed class KnownType<T>(uint encodingId) : KnownType(encodingId)
    where T : class
{
    public override int Smallest => Codec<T>.Smallest;

    public override object ReadBoxed(BinaryDecoder from) => Codec<T>.Read(from);

    public override void WriteBoxed(BinaryEncoder to, object value) => Codec<T>.Write(to, (T)value);
}
