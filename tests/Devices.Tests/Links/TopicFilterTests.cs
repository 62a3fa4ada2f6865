using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Tests.Links;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("+/+", "a/b", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("+", "/a", false)]
    [InlineData("/+", "/a", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/b/#", "a", false)]
    [InlineData("#", "$SYS/load", false)]
    [InlineData("+/load", "$SYS/load", false)]
    [InlineData("$SYS/#", "$SYS/load", true)]
    [InlineData("A", "a", false)]
    public void Filters_match_as_MQTT_5_says(string filter, string topic, bool matches) =>
        Assert.Equal(matches, TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("a/+/c", true)]
    [InlineData("a/#", true)]
    [InlineData("#", true)]
    [InlineData("", false)]
    [InlineData("a/#/c", false)]
    [InlineData("a/b#", false)]
    [InlineData("a/b+/c", false)]
    [InlineData("a\0", false)]
    public void A_wildcard_stands_alone_in_its_level(string filter, bool legal) => Assert.Equal(legal, TopicFilter.IsFilter(filter));

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("a/+", false)]
    [InlineData("a/#", false)]
    [InlineData("", false)]
    public void A_topic_has_no_wildcard(string topic, bool legal) => Assert.Equal(legal, TopicFilter.IsTopic(topic));

    [Theory]
    [InlineData("ptl/v1/+/+/evt", "ptl/v1/+/+/evt", true)]
    [InlineData("ptl/v1/+/+/evt", "ptl/v1/MAIN/+/evt", true)]
    [InlineData("ptl/v1/+/+/evt", "ptl/v1/MAIN/S1-03/evt", true)]
    [InlineData("ptl/v1/+/+/evt", "ptl/v1/+/+/+", false)]
    [InlineData("ptl/v1/+/+/evt", "ptl/v1/#", false)]
    [InlineData("ptl/v1/+/+/evt", "#", false)]
    [InlineData("ptl/#", "ptl/v1/#", true)]
    [InlineData("ptl/#", "ptl", true)]
    [InlineData("ptl/#", "+/v1", false)]
    [InlineData("#", "a/+/b", true)]
    [InlineData("#", "$SYS/broker", false)]
    [InlineData("+", "#", false)]
    [InlineData("a", "a/b", false)]
    public void A_right_covers_a_filter_when_it_matches_all_that_the_filter_does(string allowed, string filter, bool covers) =>
        Assert.Equal(covers, TopicFilter.Covers(allowed, filter));
}
