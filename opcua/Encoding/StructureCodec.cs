using System.Numerics;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Encoding;

/// <summary>Structures by definition: plain, with optional fields, and unions (Part 6, 5.2.6 to 5.2.8).</summary>
internal static class StructureCodec
{
    public static Structure Read(BinaryDecoder from, TypeDefinition type, TypeTable types)
    {
        from.Enter();
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        switch (type.Type)
        {
            case StructureType.Union or StructureType.UnionWithSubtypedValues:
                var chosen = from.ReadUInt32();
                if (chosen > type.Fields.Count)
                {
                    throw BinaryDecoder.Malformed($"{type.Name} has no field {chosen}");
                }

                if (chosen > 0)
                {
                    fields[type.Fields[(int)chosen - 1].Name] = ReadField(from, type.Fields[(int)chosen - 1], types);
                }

                break;
            case StructureType.StructureWithOptionalFields:
                var mask = from.ReadUInt32();
                var bit = 0;
                foreach (var field in type.Fields)
                {
                    if (!field.IsOptional || (mask & (1u << bit++)) != 0)
                    {
                        fields[field.Name] = ReadField(from, field, types);
                    }
                }

                break;
            default:
                foreach (var field in type.Fields)
                {
                    fields[field.Name] = ReadField(from, field, types);
                }

                break;
        }

        from.Leave();
        return new Structure(type, fields);
    }

    public static void Write(BinaryEncoder to, Structure structure)
    {
        var type = structure.Definition;
        switch (type.Type)
        {
            case StructureType.Union or StructureType.UnionWithSubtypedValues:
                var chosen = type.Fields.ToList().FindIndex(field => structure[field.Name] is not null);
                to.WriteUInt32((uint)(chosen + 1));
                if (chosen >= 0)
                {
                    WriteField(to, type.Fields[chosen], structure[type.Fields[chosen].Name]);
                }

                return;
            case StructureType.StructureWithOptionalFields:
                uint mask = 0;
                var optional = type.Fields.Where(field => field.IsOptional).ToList();
                for (var i = 0; i < optional.Count; i++)
                {
                    mask |= structure[optional[i].Name] is null ? 0 : 1u << i;
                }

                to.WriteUInt32(mask);
                break;
            default:
                break;
        }

        foreach (var field in type.Fields)
        {
            var value = structure[field.Name];
            if (value is not null || !field.IsOptional || type.Type != StructureType.StructureWithOptionalFields)
            {
                WriteField(to, field, value);
            }
        }
    }

    private static object? ReadField(BinaryDecoder from, FieldDefinition field, TypeTable types)
    {
        if (types.CarrierOf(field.DataType) is { } carrier)
        {
            return field.IsArray ? BuiltIn.ReadArray(from, carrier) : BuiltIn.Read(from, carrier);
        }

        if (types.ByType(field.DataType) is not { } inner)
        {
            return KnownField(field) is { } known ? ReadKnown(from, field, known)
                : throw BinaryDecoder.Malformed($"{field.Name} is of a type that is not known, {field.DataType}");
        }

        if (!field.IsArray)
        {
            return Read(from, inner, types);
        }

        var length = from.ReadArrayLength(Smallest(inner));
        var many = length <= 0 ? [] : new Structure[length];
        for (var i = 0; i < many.Length; i++)
        {
            many[i] = Read(from, inner, types);
        }

        return many;
    }

    private static void WriteField(BinaryEncoder to, FieldDefinition field, object? value)
    {
        var types = to.Types ?? throw new InvalidOperationException("structures by definition are written with their type table");
        if (types.CarrierOf(field.DataType) is { } carrier)
        {
            WriteCarried(to, field, carrier, value);
            return;
        }

        if (types.ByType(field.DataType) is not { } inner)
        {
            var known = KnownField(field) ?? throw new OpcUaException(StatusCodes.BadEncodingError, $"{field.Name}: {field.DataType} is not known");
            WriteKnown(to, field, known, value);
            return;
        }

        if (!field.IsArray)
        {
            Write(to, value as Structure ?? new Structure(inner, new Dictionary<string, object?>()));
            return;
        }

        var many = value as Structure[] ?? (value is Structure one ? [one] : []);
        to.WriteInt32(many.Length);
        foreach (var element in many)
        {
            Write(to, element);
        }
    }

    private static void WriteCarried(BinaryEncoder to, FieldDefinition field, BuiltInType carrier, object? value)
    {
        if (field.IsArray)
        {
            var values = value as Array ?? Array.Empty<object>();
            to.WriteInt32(values.Length);
            foreach (var element in values)
            {
                BuiltIn.Write(to, carrier, Coercion.To(carrier, element)!);
            }

            return;
        }

        BuiltIn.Write(to, carrier, Coercion.To(carrier, value) ?? Coercion.DefaultOf(carrier)!);
    }

    private static KnownType? KnownField(FieldDefinition field) =>
        field.DataType is { NamespaceIndex: 0, IdType: IdType.Numeric } ? KnownTypes.ByDataType(field.DataType.Numeric) : null;

    private static object ReadKnown(BinaryDecoder from, FieldDefinition field, KnownType known)
    {
        if (!field.IsArray)
        {
            return known.ReadBoxed(from);
        }

        var many = new object[Math.Max(0, from.ReadArrayLength(known.Smallest))];
        for (var i = 0; i < many.Length; i++)
        {
            many[i] = known.ReadBoxed(from);
        }

        return many;
    }

    private static void WriteKnown(BinaryEncoder to, FieldDefinition field, KnownType known, object? value)
    {
        if (!field.IsArray)
        {
            known.WriteBoxed(to, value ?? known.Empty);
            return;
        }

        var many = value as Array ?? Array.Empty<object>();
        to.WriteInt32(many.Length);
        foreach (var element in many)
        {
            known.WriteBoxed(to, element!);
        }
    }

    /// <summary>One byte at least, even of a structure without fields: a length in the millions may not cost nothing.</summary>
    private static int Smallest(TypeDefinition type) => type.Type is StructureType.Structure or StructureType.StructureWithSubtypedValues
        ? Math.Max(1, BitOperations.PopCount((uint)type.Fields.Count)) : 4;
}
