using Warehouse.OpcUa.Channels;
using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace OpcUa.Tests;

public sealed class CodecTests
{
    /// <summary>Object headers, lists and the exception itself; not by the message's size.</summary>
    private const long ConstantAllocation = 64 << 10;

    public static IEnumerable<object[]> Values =>
    [
        [new Variant(true)], [new Variant((sbyte)-5)], [new Variant((byte)200)], [new Variant(short.MinValue)], [new Variant(ushort.MaxValue)], [new Variant(-7)],
        [new Variant(uint.MaxValue)], [new Variant(long.MinValue)], [new Variant(ulong.MaxValue)], [new Variant(1.5f)], [new Variant(double.NaN)], [new Variant("Grüße")],
        [new Variant(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc))], [new Variant(Guid.Parse("72962B91-FA75-4AE6-8D28-B404DC7DAF63"))],
        [new Variant(new XmlElement("<a/>"))], [new Variant(new NodeId(255))], [new Variant(new NodeId(5, 1025))], [new Variant(new NodeId(1, 70_000))],
        [new Variant(new NodeId(1, "Hot水"))], [new Variant(new NodeId(2, Guid.Empty))], [new Variant(new NodeId(3, [1, 2, 3]))],
        [new Variant(new ExpandedNodeId(new NodeId(0, "x"), "urn:a", 4))], [new Variant(StatusCodes.BadTimeout)], [new Variant(new QualifiedName(3, "Name"))],
        [new Variant(new LocalizedText("de", "Lager"))], [new Variant(new LocalizedText("only"))],
    ];

    [Theory, MemberData(nameof(Values))]
    public void A_value_of_each_type_comes_back_as_it_was(Variant value) => Assert.Equal(value, Again(value));

    [Fact]
    public void Arrays_matrices_and_bytes_come_back_as_they_were()
    {
        Assert.Equal(new byte[] { 1, 2 }, Again(new Variant(new byte[] { 1, 2 })).Value);
        var bytes = Again(new Variant(BuiltInType.Byte, new byte[] { 1, 2 }));
        Assert.Equal((BuiltInType.Byte, true), (bytes.Type, bytes.IsArray));
        Assert.Equal(new[] { "a", null, "" }, Again(new Variant(new[] { "a", null, "" })).Value);
        var matrix = Again(new Variant(BuiltInType.Int32, new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]));
        Assert.Equal([1, 2, 3, 4, 5, 6], (int[])matrix.Value!);
        Assert.Equal([2, 3], matrix.Dimensions!);
        var mixed = (Variant[])Again(new Variant(new[] { new Variant(1), new Variant("two"), Variant.Null })).Value!;
        Assert.Equal([1, "two", null], mixed.Select(one => one.Value));
    }

    [Fact]
    public void The_bytes_are_those_of_the_specification()
    {
        using var to = new BinaryEncoder();
        to.WriteNodeId(new NodeId(1, "Hot水"));
        Assert.Equal("03010006000000486F74E6B0B4", Convert.ToHexString(to.Written.Span));
    }

    [Fact]
    public void Structures_by_definition_come_back_plain_optional_and_as_unions()
    {
        var types = new TypeTable();
        var inner = new TypeDefinition("Inner", new(2, 1), new(2, 11), StructureType.StructureWithOptionalFields,
            [new("Must", new NodeId(6)), new("May", new NodeId(12), IsOptional: true), new("Many", new NodeId(6), IsArray: true, IsOptional: true)]);
        var union = new TypeDefinition("Either", new(2, 2), new(2, 12), StructureType.Union, [new("Number", new NodeId(6)), new("Text", new NodeId(12))]);
        var outer = new TypeDefinition("Outer", new(2, 3), new(2, 13), StructureType.Structure,
            [new("Inners", new(2, 1), IsArray: true), new("Either", new(2, 2)), new("Any", new NodeId(24))]);
        foreach (var type in new[] { inner, union, outer })
        {
            types.Add(type);
        }

        var one = new Structure(inner, new Dictionary<string, object?> { ["Must"] = 1, ["Many"] = new[] { 4, 5 } });
        var two = new Structure(inner, new Dictionary<string, object?> { ["Must"] = 2, ["May"] = "x" });
        var whole = new Structure(outer, new Dictionary<string, object?>
        {
            ["Inners"] = new[] { one, two }, ["Either"] = new Structure(union, new Dictionary<string, object?> { ["Text"] = "t" }), ["Any"] = 9,
        });
        var read = (Structure)((ExtensionObject)Again(new Variant(new ExtensionObject(outer.EncodingId, whole)), types).Value!).Body!;
        var inners = (Structure[])read["Inners"]!;
        Assert.Equal((1, null, 2, "x"), (inners[0]["Must"], inners[0]["May"], inners[1]["Must"], inners[1]["May"]));
        Assert.Equal([4, 5], (int[])inners[0]["Many"]!);
        Assert.Equal((null, "t", 9), (((Structure)read["Either"]!)["Number"], ((Structure)read["Either"]!)["Text"], ((Variant)read["Any"]!).Value));
    }

    [Fact]
    public void Lengths_past_the_end_are_refused_before_anything_is_allocated()
    {
        byte[] lie = [0x86, 0xFF, 0xFF, 0xFF, 0x7F];
        var refused = Assert.Throws<OpcUaException>(() => new BinaryDecoder(lie).ReadVariant());
        Assert.Equal(StatusCodes.BadDecodingError, refused.StatusCode);
        var deep = Enumerable.Repeat(new byte[] { 0x98, 1, 0, 0, 0 }, 200).SelectMany(part => part).ToArray();
        Assert.Equal(StatusCodes.BadEncodingLimitsExceeded, Assert.Throws<OpcUaException>(() => new BinaryDecoder(deep).ReadVariant()).StatusCode);
    }

    /// <summary>Seeded: the same messages on every machine. Whole ones are changed in a few places, since noise alone is refused at its first byte.</summary>
    [Fact]
    public void Whatever_comes_in_is_decoded_or_refused_within_the_stated_memory()
    {
        var random = new Random(20_261_124);
        var seeds = KnownTypes.All.Select(type => Sample(type)).ToArray();
        foreach (var seed in seeds)
        {
            Decode(seed);
        }

        for (var run = 0; run < 40_000; run++)
        {
            var message = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                message[random.Next(2, message.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)(random.Next(2) * random.Next(24));
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            Decode(message);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= ((long)DecodingLimits.AllocationFactor * message.Length) + ConstantAllocation, $"run {run}: {allocated} bytes for {message.Length}");
        }
    }

    [Fact]
    public void A_stream_of_noise_is_refused_or_waited_for()
    {
        var random = new Random(7);
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0 && bytes.Length >= 8)
            {
                Chunks.WriteHeader(bytes, MessageType.Message, Chunks.Final, random.Next(-10, 70));
            }

            var stream = new System.Buffers.ReadOnlySequence<byte>(bytes);
            try
            {
                var chunk = Chunks.TryTake(ref stream, 8192);
                Assert.True(chunk is null || chunk.Length + stream.Length == bytes.Length);
            }
            catch (OpcUaException)
            {
                // Refused.
            }
        }
    }

    private static void Decode(byte[] message)
    {
        try
        {
            MessageBody.Read(new BinaryDecoder(message));
        }
        catch (OpcUaException)
        {
            // Refused.
        }
    }

    private static byte[] Sample(KnownType type)
    {
        using var to = new BinaryEncoder();
        to.WriteNodeId(new NodeId(type.EncodingId));
        type.WriteBoxed(to, type.Empty);
        to.WriteRaw(new byte[200]);
        return to.Written.ToArray();
    }

    private static Variant Again(Variant value, TypeTable? types = null)
    {
        using var to = new BinaryEncoder(types);
        to.WriteVariant(value);
        var from = new BinaryDecoder(to.Written, null, types);
        var read = from.ReadVariant();
        Assert.Equal(0, from.Remaining);
        return read;
    }
}
