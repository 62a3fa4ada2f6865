using System.Text.Json;
using CsCheck;
using Warehouse.Domain.Gs1;

namespace Warehouse.Domain.Tests.Gs1;

public sealed class EpcTests
{
    private static readonly Gen<string> Prefix = Gen.Int[6, 12].SelectMany(length => Gen.Char['0', '9'].Array[length].Select(digits => new string(digits)));

    public static TheoryData<string> Vectors =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Gs1", "data", "epc-vectors.jsonl")).Where(line => line.Length > 0)];

    [Theory, MemberData(nameof(Vectors))]
    public void A_published_tag_means_what_was_published(string line)
    {
        using var vector = JsonDocument.Parse(line);
        string? Field(string name) => vector.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;

        var epc = EpcDecoder.Decode(Convert.FromHexString(Field("hex")!));

        Assert.Equal(Field("scheme"), epc.Scheme);
        Assert.Equal(Field("tagUri") ?? Field("rawUri") ?? Field("digitalLink"), epc.Uri);
        var (gtin, sscc, id, link, serial) = epc switch
        {
            Epc.Sgtin item => (item.Gtin14, null, item.IdUri, item.DigitalLink, item.Serial),
            Epc.Sscc unit => (null, unit.Sscc18, unit.IdUri, unit.DigitalLink, null),
            _ => ((string?)null, (string?)null, (string?)null, (string?)null, (string?)null),
        };
        Assert.Equal((Field("gtin14"), Field("sscc18"), Field("idUri"), Field("digitalLink"), Field("serial")), (gtin, sscc, id, link, serial));
    }

    [Theory]
    [InlineData("3374257BF40C0E4000000190", "urn:epc:tag:grai-96:3.0614141.12345.400", "urn:epc:id:grai:0614141.12345.400")]
    public void A_returnable_asset_is_read(string hex, string uri, string id)
    {
        var grai = Assert.IsType<Epc.Grai>(EpcDecoder.Decode(Convert.FromHexString(hex)));

        Assert.Equal((uri, id), (grai.Uri, grai.IdUri));
        Assert.Equal(hex, Convert.ToHexString(EpcEncoder.Grai96(3, "0614141", "12345", 400)));
    }

    [Theory]
    [InlineData(0x3000, "urn:epc:tag:sgtin-96:3.0614141.812345.6789")]
    [InlineData(0x31A2, "urn:epc:raw:96.xA2.x3074257BF7194E4000001A85")]
    [InlineData(0x2000, "urn:epc:raw:64.x3074257BF7194E40")]
    [InlineData(0x0000, "urn:epc:raw:0.x")]
    public void The_protocol_control_word_says_how_long_the_code_is_and_whether_it_is_gs1s(int pc, string uri) =>
        Assert.Equal(uri, EpcDecoder.Decode(Convert.FromHexString("3074257BF7194E4000001A85"), (ushort)pc).Uri);

    [Theory]
    [InlineData("307C257BF7194E4000001A85")] // partition 7
    [InlineData("3063FFFFFFFFCE4000001A85")] // a prefix of more digits than its partition has
    [InlineData("3174257BF4499602D2000001")] // bits that are to be zero
    [InlineData("3666C4409047E159B2C2BF100000000000000000000000000001")] // something behind the serial's end
    [InlineData("3074257BF7194E4000001A")]
    [InlineData("F73095212341234548566CB0AFC4")] // a wrong check digit
    [InlineData("F73095212341234538")]
    [InlineData("")]
    public void What_is_not_whole_and_sound_is_raw(string hex) =>
        Assert.Equal($"urn:epc:raw:{hex.Length * 4}.x{hex}", EpcDecoder.Decode(Convert.FromHexString(hex)).Uri);

    [Fact]
    public void What_is_encoded_is_decoded() =>
        Gen.Select(Prefix, Gen.Int[0, 7], Gen.Long[0, EpcEncoder.MaxSerial], Gen.Int[0, 99_999]).Sample((prefix, filter, serial, number) =>
        {
            string Digits(int total) => $"{number:D5}{serial:D12}"[..(total - prefix.Length)];
            var item = Assert.IsType<Epc.Sgtin>(EpcDecoder.Decode(EpcEncoder.Sgtin96(filter, prefix, Digits(13), serial)));
            Assert.Equal((filter, prefix, Digits(13), $"{serial}"), (item.Filter, item.CompanyPrefix, item.ItemReference, item.Serial));
            var lettered = Assert.IsType<Epc.Sgtin>(EpcDecoder.Decode(EpcEncoder.Sgtin198(filter, prefix, Digits(13), $"a/{serial}%")));
            Assert.Equal(($"a/{serial}%", item.Gtin14), (lettered.Serial, lettered.Gtin14));
            var unit = Assert.IsType<Epc.Sscc>(EpcDecoder.Decode(EpcEncoder.Sscc96(filter, prefix, Digits(17))));
            Assert.Equal(Digits(17), unit.SerialReference);
            Assert.True(SsccNumber.IsValid(unit.Sscc18));
            var asset = Assert.IsType<Epc.Grai>(EpcDecoder.Decode(EpcEncoder.Grai96(filter, prefix, Digits(12), serial)));
            Assert.Equal((Digits(12), serial), (asset.AssetType, asset.Serial));
        }, iter: 500);

    [Fact]
    public void Whatever_bits_come_something_bounded_comes_out() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[-1, 65_535], Gen.OneOf(new byte[] { 0x30, 0x31, 0x33, 0x36, 0xF7, 0xF9, 0xE2 }.Select(Gen.Const).ToArray())).Sample((bytes, pc, header) =>
        {
            if (bytes.Length > 0)
            {
                bytes[0] = header;
            }

            Assert.InRange(EpcDecoder.Decode(bytes, pc < 0 ? null : (ushort)pc).Uri.Length, 1, 200);
        }, iter: 5_000);

    [Fact]
    public void What_does_not_fit_a_tag_is_refused()
    {
        Assert.Throws<ArgumentException>(() => EpcEncoder.Sgtin96(8, "0614141", "812345", 1));
        Assert.Throws<ArgumentException>(() => EpcEncoder.Sgtin96(1, "06141", "81234567", 1));
        Assert.Throws<ArgumentException>(() => EpcEncoder.Sgtin96(1, "0614141", "81234", 1));
        Assert.Throws<ArgumentException>(() => EpcEncoder.Sgtin96(1, "0614141", "812345", EpcEncoder.MaxSerial + 1));
        Assert.Throws<ArgumentException>(() => EpcEncoder.Sgtin198(1, "0614141", "812345", "ü"));
        Assert.Throws<ArgumentException>(() => EpcEncoder.Sgtin198(1, "0614141", "812345", new string('1', 21)));
    }
}
