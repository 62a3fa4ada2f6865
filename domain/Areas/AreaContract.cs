using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Sensing;

namespace Warehouse.Domain.Areas;

/// <summary>Who ends the hold on an area's stock once no alarm stands any more.</summary>
public enum HoldRelease
{
    /// <summary>A named person, who has looked at the goods.</summary>
    Person,
    /// <summary>The area itself.</summary>
    Clearing,
}

/// <summary>What an area is for.</summary>
/// <param name="Place">The place where totes that are seen here should stand; null when they only pass.</param>
/// <param name="TotePrefix">How a tote's number is made of the serial on its tag (GRAI): this, then the serial's digits.</param>
/// <param name="ToteDigits">How many digits the serial has in it, with leading zeros.</param>
/// <param name="Skus">The goods that an alarm holds; ordered, each once.</param>
/// <param name="Release">Who ends the hold.</param>
[GenerateSerializer, Immutable, Alias("area.plan")]
public sealed record AreaPlan(
    [property: Id(0)] PlaceId? Place, [property: Id(1)] string TotePrefix, [property: Id(2)] int ToteDigits,
    [property: Id(3)] ImmutableArray<Sku> Skus, [property: Id(4)] HoldRelease Release)
{
    /// <summary>Structural: two plans that say the same are the same.</summary>
    public bool Equals(AreaPlan? other) =>
        other is not null && (Place, TotePrefix, ToteDigits, Release) == (other.Place, other.TotePrefix, other.ToteDigits, other.Release)
        && Skus.AsSpan().SequenceEqual(other.Skus.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Place, TotePrefix, ToteDigits, Skus.Length, Release);
}

/// <summary>Something seen that the books do not have so: a case for a person.</summary>
/// <param name="What">The stream of what was seen: <c>tote:T000123</c>, <c>parcel:006141411234567890</c>. One case a thing.</param>
/// <param name="Tag">The tag's own name.</param>
/// <param name="By">The reader; null when it was asked before questions named their reader.</param>
/// <param name="Why">What the book says.</param>
/// <param name="SeenAt">When it was seen last.</param>
[GenerateSerializer, Immutable, Alias("area.case")]
public sealed record AreaCase(
    [property: Id(0)] StreamId What, [property: Id(1)] string Tag, [property: Id(2)] DeviceId? By, [property: Id(3)] string Why,
    [property: Id(4)] Moment SeenAt);

/// <summary>A measured value beyond its limits.</summary>
[GenerateSerializer, Immutable, Alias("area.alarm")]
public sealed record AreaAlarm(
    [property: Id(0)] DeviceId Sensor, [property: Id(1)] string Measure, [property: Id(2)] LimitLevel Level,
    [property: Id(3)] long Value, [property: Id(4)] string Unit);

/// <summary>What an area is told. It also hears <see cref="Signalled"/> of the readers and sensors that it owns.</summary>
[GenerateSerializer, Immutable, Alias("area.command")]
public abstract record AreaCommand : Command
{
    private AreaCommand() { }

    /// <summary>The area exists and is for this; again to change it.</summary>
    [GenerateSerializer, Immutable, Alias("area.set-up")]
    public sealed record SetUp([property: Id(0)] AreaId Area, [property: Id(1)] AreaPlan Plan) : AreaCommand;

    /// <summary>A person has looked at the goods: they may go to orders again.</summary>
    [GenerateSerializer, Immutable, Alias("area.release-hold")]
    public sealed record ReleaseHold([property: Id(0)] string Who, [property: Id(1)] string Why) : AreaCommand;

    /// <summary>A person has put a case right, or says why it is none.</summary>
    [GenerateSerializer, Immutable, Alias("area.settle-case")]
    public sealed record SettleCase(
        [property: Id(0)] StreamId What, [property: Id(1)] string Who, [property: Id(2)] string Why) : AreaCommand;
}

/// <summary>What happens to an area.</summary>
[GenerateSerializer, Immutable, Alias("area.event")]
public abstract record AreaEvent : Event
{
    private AreaEvent() { }

    /// <summary>It is for this now. While a hold stands, goods that came to its list are held and those that left it are free.</summary>
    [GenerateSerializer, Immutable, Alias("area.was-set-up")]
    public sealed record WasSetUp([property: Id(0)] AreaId Area, [property: Id(1)] AreaPlan Plan) : AreaEvent;

    /// <summary>A tag of a tote or parcel was seen; the noun is asked whether that fits its book.</summary>
    [GenerateSerializer, Immutable, Alias("area.sighted")]
    public sealed record Sighted(
        [property: Id(0)] StreamId What, [property: Id(1)] string Tag, [property: Id(2)] DeviceId By,
        [property: Id(3)] Command Question, [property: Id(4)] Moment SeenAt) : AreaEvent;

    /// <summary>The book says otherwise.</summary>
    [GenerateSerializer, Immutable, Alias("area.case-raised")]
    public sealed record CaseRaised([property: Id(0)] AreaCase Case) : AreaEvent;

    /// <summary>The case is over: seen where the book has it, or settled by a person.</summary>
    [GenerateSerializer, Immutable, Alias("area.case-ended")]
    public sealed record CaseEnded(
        [property: Id(0)] StreamId What, [property: Id(1)] string Who, [property: Id(2)] string Why) : AreaEvent;

    /// <summary>A value is beyond a limit.</summary>
    [GenerateSerializer, Immutable, Alias("area.alarm-raised")]
    public sealed record AlarmRaised([property: Id(0)] AreaAlarm Alarm) : AreaEvent;

    /// <summary>It is back.</summary>
    [GenerateSerializer, Immutable, Alias("area.alarm-cleared")]
    public sealed record AlarmCleared([property: Id(0)] AreaAlarm Alarm) : AreaEvent;

    /// <summary>The first alarm holds the goods.</summary>
    [GenerateSerializer, Immutable, Alias("area.hold-begun")]
    public sealed record HoldBegun([property: Id(0)] string Id, [property: Id(1)] string Reason) : AreaEvent;

    /// <summary>The goods are free again.</summary>
    [GenerateSerializer, Immutable, Alias("area.hold-released")]
    public sealed record HoldReleased(
        [property: Id(0)] string Id, [property: Id(1)] string Who, [property: Id(2)] string Why) : AreaEvent;
}

/// <summary>Why an area says no, in the order in which it is checked.</summary>
public enum AreaRefusal
{
    /// <summary>A text is missing or too long, a list too long or not in order.</summary>
    NotAPlan,
    /// <summary>The area was never set up.</summary>
    Unknown,
    /// <summary>An alarm still stands.</summary>
    AlarmStands,
    /// <summary>Nothing is held.</summary>
    NotHeld,
    /// <summary>There is no such case.</summary>
    NoSuchCase,
}
