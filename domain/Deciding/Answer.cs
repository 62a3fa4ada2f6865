namespace Warehouse.Domain.Deciding;

/// <summary>Yes, or a refusal with its cause for programs and its reason for people. A refusal is data, never an exception.</summary>
/// <param name="Accepted">True when the command was taken.</param>
/// <param name="Cause">The refusing enum and member, for example <c>StockRefusal.NotEnough</c>; null when accepted.</param>
/// <param name="Reason">A sentence that a person understands; null when accepted.</param>
/// <param name="Detail">What an accepted answer carries, if anything.</param>
[GenerateSerializer, Immutable, Alias("answer")]
public sealed record Answer(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] string? Cause = null,
    [property: Id(2)] string? Reason = null,
    [property: Id(3)] AnswerDetail? Detail = null)
{
    /// <summary>Yes, with nothing to add.</summary>
    public static Answer Yes { get; } = new(true);

    /// <summary>Yes, and here is what you will want to know.</summary>
    public static Answer With(AnswerDetail detail) => new(true, Detail: detail);

    /// <summary>No, because of this.</summary>
    public static Answer No(Enum cause, string reason) => new(false, $"{cause.GetType().Name}.{cause}", reason);

    /// <summary>True when this is the refusal <paramref name="cause"/>.</summary>
    public bool Is(Enum cause) => !Accepted && Cause == $"{cause.GetType().Name}.{cause}";
}
