using System.Collections.Immutable;
using CsCheck;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Rfid;

namespace Warehouse.Domain.Tests.Rfid;

public sealed class ReadFilterTests
{
    private const string Tote = "3374257BF40C0E4000000190";
    private static readonly ReadRules Rules = new(MinReads: 3, MinRssiCentiDbm: -6_000, MinDwellMilliseconds: 100, LeaveMilliseconds: 1_000, Inwards: [1, 2]);

    [Fact]
    public void A_ghost_that_is_read_once_is_not_believed_and_goes_without_a_word()
    {
        var (sightings, state) = Play(Rules, (Tote, 1, -3_000, 0));

        Assert.Empty(sightings);
        Assert.Empty(ReadFilter.Pass(state, Rules, new Moment(1_000)).Left);
        Assert.Empty(ReadFilter.Pass(state, Rules, new Moment(1_000)).State.Tags);
    }

    [Fact]
    public void A_tag_of_elsewhere_is_too_weak_however_often_it_is_read() =>
        Assert.Empty(Play(Rules, [.. Enumerable.Range(0, 50).Select(i => (Tote, 1, (int?)-6_001, (long)i * 20))]).Sightings);

    [Fact]
    public void A_tag_that_only_rushes_by_does_not_dwell() =>
        Assert.Empty(Play(Rules, (Tote, 1, -3_000, 0), (Tote, 1, -3_000, 40), (Tote, 1, -3_000, 80)).Sightings);

    [Fact]
    public void A_tag_that_is_read_often_strongly_and_long_has_arrived_once()
    {
        var (sightings, _) = Play(Rules, [.. Enumerable.Range(0, 20).Select(i => (Tote, 1, (int?)(i == 7 ? -4_000 : -6_500), (long)i * 50))]);

        var sighting = Assert.Single(sightings);
        Assert.Equal(("urn:epc:tag:grai-96:3.0614141.12345.400", TagPassage.Arrived, -4_000), (sighting.Epc, sighting.Passage, sighting.PeakRssiCentiDbm));
        Assert.Equal(8, sighting.Reads);
    }

    [Fact]
    public void Reads_without_strength_pass_the_rule_about_strength() =>
        Assert.Single(Play(Rules, (Tote, 1, null, 0), (Tote, 1, null, 60), (Tote, 1, null, 120)).Sightings);

    [Theory]
    [InlineData(new[] { 1, 1, 1, 2, 2, 2 }, TagDirection.In)]
    [InlineData(new[] { 2, 2, 2, 1, 1, 1 }, TagDirection.Out)]
    [InlineData(new[] { 1, 1, 2, 1, 2, 2 }, TagDirection.In)]
    [InlineData(new[] { 1, 1, 1, 1 }, TagDirection.None)]
    [InlineData(new[] { 7, 8, 7, 8 }, TagDirection.None)]
    public void The_way_past_the_antennas_is_the_order_of_their_mean_times(int[] antennas, TagDirection direction)
    {
        var (_, state) = Play(Rules, [.. antennas.Select((antenna, i) => (Tote, antenna, (int?)-3_000, (long)i * 50))]);

        Assert.Empty(ReadFilter.Pass(state, Rules, new Moment(1_000)).Left);
        Assert.Equal((TagPassage.Left, direction), Assert.Single(ReadFilter.Pass(state, Rules, new Moment(2_000)).Left) is var left ? (left.Passage, left.Direction) : default);
    }

    [Fact]
    public void Messages_that_come_twice_change_nothing() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[-8_000, -2_000], Gen.Int[0, 400]).Array[1, 40].Sample(reads =>
        {
            var once = reads.Select((read, i) => (Tote, read.Item1, (int?)read.Item2, (long)i * 100 + read.Item3 / 10)).ToArray();
            var twice = once.SelectMany(read => new[] { read, read }).ToArray();
            Assert.Equal(Play(Rules, once).Sightings.ToArray(), Play(Rules, twice).Sightings.ToArray());
        }, iter: 300);

    [Fact]
    public void However_many_tags_come_their_number_is_bounded_and_the_silent_go_first()
    {
        var state = ReadFilterState.Empty;
        for (var i = 0; i < ReadFilter.MaxTags + 10; i++)
        {
            (state, _) = ReadFilter.Hear(state, Rules, new TagRead($"{i:X24}", null, 1, -3_000, new Moment(i)));
        }

        Assert.Equal(ReadFilter.MaxTags, state.Tags.Count);
        Assert.DoesNotContain($"{0:X24}", state.Tags.Keys);
    }

    private static (ImmutableArray<TagSighting> Sightings, ReadFilterState State) Play(
        ReadRules rules, params (string Hex, int Antenna, int? Rssi, long At)[] reads)
    {
        var state = ReadFilterState.Empty;
        var sightings = ImmutableArray.CreateBuilder<TagSighting>();
        foreach (var (hex, antenna, rssi, at) in reads)
        {
            (state, var sighting) = ReadFilter.Hear(state, rules, new TagRead(hex, null, antenna, rssi, new Moment(at)));
            if (sighting is not null)
            {
                sightings.Add(sighting);
            }
        }

        return (sightings.ToImmutable(), state);
    }
}
