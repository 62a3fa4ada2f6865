using Warehouse.Domain.Gs1;

namespace Warehouse.Domain.Tests.Gs1;

public class NumberTests
{
    [Theory]
    [InlineData("629104150021", '3')]
    [InlineData("10614141192837465", '7')]
    [InlineData("37610425002123456", '9')]
    [InlineData("0", '0')]
    public void The_check_digit_is_that_of_published_examples(string digits, char check) =>
        Assert.Equal(check, CheckDigit.Of(digits));

    [Theory]
    [InlineData("2000000000015", true)]
    [InlineData("2000000000016", false)]
    [InlineData("96385074", true)]
    [InlineData("036000291452", true)]
    [InlineData("200000000001", false)]
    [InlineData("20000000000l5", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_gtin_has_one_of_four_lengths_and_its_check_digit(string? text, bool valid) =>
        Assert.Equal(valid, Gtin.IsValid(text));

    [Fact]
    public void An_sscc_is_extension_prefix_serial_and_check_digit()
    {
        var sscc = SsccNumber.Of(0, "0614141", 123456789);

        Assert.Equal("006141411234567890", sscc.Text);
        Assert.True(SsccNumber.IsValid(sscc.Text));
        Assert.False(SsccNumber.IsValid("006141411234567891"));
    }

    [Theory]
    [InlineData(10, "0614141", 1)]
    [InlineData(-1, "0614141", 1)]
    [InlineData(0, "061", 1)]
    [InlineData(0, "06141a1", 1)]
    [InlineData(0, "0614141", 1_000_000_000)]
    [InlineData(0, "0614141", -1)]
    public void What_does_not_fit_an_sscc_is_refused(int extension, string prefix, long serial) =>
        Assert.Throws<ArgumentException>(() => SsccNumber.Of(extension, prefix, serial));
}
