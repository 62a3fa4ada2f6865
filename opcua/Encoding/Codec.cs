using System.Linq.Expressions;
using System.Reflection;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>
/// How a CLR type is written. A record of this stack is its own definition: its fields go on the wire in the order of its
/// constructor's parameters (Part 6, 5.2.6), enumerations as Int32, arrays after their length. Made once for each type.
/// </summary>
internal static class Codec<T>
{
    private static readonly (Func<BinaryDecoder, T> Read, Action<BinaryEncoder, T> Write, int Smallest) s_ways = Codecs.Make<T>();

    /// <summary>Bytes of the smallest value.</summary>
    public static int Smallest => s_ways.Smallest;

    public static T Read(BinaryDecoder from) => s_ways.Read(from);

    public static void Write(BinaryEncoder to, T value) => s_ways.Write(to, value);
}

/// <summary>Makes the codecs.</summary>
internal static class Codecs
{
    private static readonly Dictionary<Type, (Delegate Read, Delegate Write, int Smallest)> s_builtIn = new()
    {
        [typeof(bool)] = Way(d => d.ReadBoolean(), (e, v) => e.WriteBoolean(v), 1),
        [typeof(sbyte)] = Way(d => d.ReadSByte(), (e, v) => e.WriteSByte(v), 1),
        [typeof(byte)] = Way(d => d.ReadByte(), (e, v) => e.WriteByte(v), 1),
        [typeof(short)] = Way(d => d.ReadInt16(), (e, v) => e.WriteInt16(v), 2),
        [typeof(ushort)] = Way(d => d.ReadUInt16(), (e, v) => e.WriteUInt16(v), 2),
        [typeof(int)] = Way(d => d.ReadInt32(), (e, v) => e.WriteInt32(v), 4),
        [typeof(uint)] = Way(d => d.ReadUInt32(), (e, v) => e.WriteUInt32(v), 4),
        [typeof(long)] = Way(d => d.ReadInt64(), (e, v) => e.WriteInt64(v), 8),
        [typeof(ulong)] = Way(d => d.ReadUInt64(), (e, v) => e.WriteUInt64(v), 8),
        [typeof(float)] = Way(d => d.ReadFloat(), (e, v) => e.WriteFloat(v), 4),
        [typeof(double)] = Way(d => d.ReadDouble(), (e, v) => e.WriteDouble(v), 8),
        [typeof(string)] = Way(d => d.ReadString(), (e, v) => e.WriteString(v), 4),
        [typeof(DateTime)] = Way(d => d.ReadDateTime(), (e, v) => e.WriteDateTime(v), 8),
        [typeof(Guid)] = Way(d => d.ReadGuid(), (e, v) => e.WriteGuid(v), 16),
        [typeof(byte[])] = Way(d => d.ReadByteString(), (e, v) => e.WriteByteString(v), 4),
        [typeof(XmlElement)] = Way(d => d.ReadXmlElement(), (e, v) => e.WriteString(v.Text), 4),
        [typeof(NodeId)] = Way(d => d.ReadNodeId(), (e, v) => e.WriteNodeId(v), 2),
        [typeof(ExpandedNodeId)] = Way(d => d.ReadExpandedNodeId(), (e, v) => e.WriteExpandedNodeId(v), 2),
        [typeof(StatusCode)] = Way(d => d.ReadStatusCode(), (e, v) => e.WriteStatusCode(v), 4),
        [typeof(QualifiedName)] = Way(d => d.ReadQualifiedName(), (e, v) => e.WriteQualifiedName(v), 6),
        [typeof(LocalizedText)] = Way(d => d.ReadLocalizedText(), (e, v) => e.WriteLocalizedText(v), 1),
        [typeof(ExtensionObject)] = Way(d => d.ReadExtensionObject(), (e, v) => e.WriteExtensionObject(v), 3),
        [typeof(DataValue)] = Way(d => d.ReadDataValue(), (e, v) => e.WriteDataValue(v), 1),
        [typeof(Variant)] = Way(d => d.ReadVariant(), (e, v) => e.WriteVariant(v), 1),
        [typeof(DiagnosticInfo)] = Way(d => d.ReadDiagnosticInfo(), (e, v) => e.WriteDiagnosticInfo(v), 1),
    };

    public static (Func<BinaryDecoder, T> Read, Action<BinaryEncoder, T> Write, int Smallest) Make<T>()
    {
        var type = typeof(T);
        if (s_builtIn.TryGetValue(type, out var way))
        {
            return ((Func<BinaryDecoder, T>)way.Read, (Action<BinaryEncoder, T>)way.Write, way.Smallest);
        }

        return type.IsEnum ? Enumeration<T>() : type.IsArray ? Elements<T>(type.GetElementType()!) : Record<T>();
    }

    private static (Delegate, Delegate, int) Way<T>(Func<BinaryDecoder, T> read, Action<BinaryEncoder, T> write, int smallest) => (read, write, smallest);

    private static (Func<BinaryDecoder, T>, Action<BinaryEncoder, T>, int) Enumeration<T>() =>
        (from => (T)Enum.ToObject(typeof(T), from.ReadInt32()), (to, value) => to.WriteInt32(unchecked((int)Convert.ToInt64(value, null))), 4);

    private static (Func<BinaryDecoder, T>, Action<BinaryEncoder, T>, int) Elements<T>(Type element)
    {
        var read = typeof(Codecs).GetMethod(nameof(ReadArray), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(element);
        var write = typeof(Codecs).GetMethod(nameof(WriteArray), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(element);
        return (read.CreateDelegate<Func<BinaryDecoder, T>>(), write.CreateDelegate<Action<BinaryEncoder, T>>(), 4);
    }

    /// <summary>An array; none is read as empty.</summary>
    private static T[] ReadArray<T>(BinaryDecoder from)
    {
        var length = from.ReadArrayLength(Codec<T>.Smallest);
        if (length <= 0)
        {
            return [];
        }

        var values = new T[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = Codec<T>.Read(from);
        }

        return values;
    }

    private static void WriteArray<T>(BinaryEncoder to, T[]? values)
    {
        to.WriteInt32(values?.Length ?? -1);
        foreach (var value in values ?? [])
        {
            Codec<T>.Write(to, value);
        }
    }

    private static (Func<BinaryDecoder, T>, Action<BinaryEncoder, T>, int) Record<T>()
    {
        var constructor = typeof(T).GetConstructors().MaxBy(one => one.GetParameters().Length)
            ?? throw new ArgumentException($"{typeof(T)} is no record of the wire");
        var from = Expression.Parameter(typeof(BinaryDecoder));
        var to = Expression.Parameter(typeof(BinaryEncoder));
        var value = Expression.Parameter(typeof(T));
        var fields = constructor.GetParameters();
        var reads = fields.Select(field => Expression.Call(Way(field).GetMethod(nameof(Codec<int>.Read))!, from));
        var writes = fields.Select(field =>
            (Expression)Expression.Call(Way(field).GetMethod(nameof(Codec<int>.Write))!, to, Expression.Property(value, field.Name!))).Append(Expression.Empty());
        var smallest = fields.Sum(field => (int)Way(field).GetProperty(nameof(Codec<int>.Smallest))!.GetValue(null)!);
        return (
            Expression.Lambda<Func<BinaryDecoder, T>>(Expression.New(constructor, reads), from).Compile(),
            Expression.Lambda<Action<BinaryEncoder, T>>(Expression.Block(writes), to, value).Compile(), Math.Max(1, smallest));

        static Type Way(ParameterInfo field) => typeof(Codec<>).MakeGenericType(field.ParameterType);
    }
}
