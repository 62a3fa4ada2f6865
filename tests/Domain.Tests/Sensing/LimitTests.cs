using CsCheck;
using Warehouse.Domain.Sensing;

namespace Warehouse.Domain.Tests.Sensing;

public sealed class LimitTests
{
    private static readonly Limits Cold = new(-25_000, -15_000, 500);

    [Theory]
    [InlineData(LimitLevel.Within, -15_000, LimitLevel.Within)]
    [InlineData(LimitLevel.Within, -14_999, LimitLevel.High)]
    [InlineData(LimitLevel.High, -15_000, LimitLevel.High)]
    [InlineData(LimitLevel.High, -15_499, LimitLevel.High)]
    [InlineData(LimitLevel.High, -15_500, LimitLevel.Within)]
    [InlineData(LimitLevel.Within, -25_001, LimitLevel.Low)]
    [InlineData(LimitLevel.Low, -24_501, LimitLevel.Low)]
    [InlineData(LimitLevel.Low, -24_500, LimitLevel.Within)]
    [InlineData(LimitLevel.Low, -10_000, LimitLevel.High)]
    [InlineData(LimitLevel.High, -30_000, LimitLevel.Low)]
    public void An_alarm_is_raised_beyond_a_limit_and_cleared_by_the_hysteresis_within(LimitLevel former, long value, LimitLevel level) =>
        Assert.Equal(level, Cold.After(former, value));

    [Fact]
    public void A_value_that_trembles_at_its_limit_gives_one_alarm() =>
        Gen.Long[-15_400, -14_600].Array[1, 100].Sample(values =>
        {
            var level = LimitLevel.Within;
            var raised = 0;
            foreach (var value in values)
            {
                var after = Cold.After(level, value);
                raised += after == LimitLevel.High && level != LimitLevel.High ? 1 : 0;
                level = after;
            }

            Assert.InRange(raised, 0, 1);
        }, iter: 300);

    [Fact]
    public void Without_limits_everything_is_within() =>
        Assert.Equal(LimitLevel.Within, new Limits(null, null, 0).After(LimitLevel.Within, long.MaxValue));
}
