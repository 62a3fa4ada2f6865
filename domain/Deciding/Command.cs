namespace Warehouse.Domain.Deciding;

/// <summary>What somebody wants of a stream. Each noun has a closed union of its own below this.</summary>
[GenerateSerializer, Immutable, Alias("command")]
public abstract record Command;

/// <summary>What has happened to a stream. It is written before anybody hears of it and never changed.</summary>
public abstract record Event;

/// <summary>What an accepted answer carries beside the yes.</summary>
[GenerateSerializer, Immutable, Alias("answer-detail")]
public abstract record AnswerDetail;

/// <summary>
/// The answer to an effect, returned to the stream that had it: the append that records this command deletes the
/// effect's row, so no effect is ever both settled and still due.
/// </summary>
/// <param name="Target">The stream that answered.</param>
/// <param name="Sent">The command that it was sent.</param>
/// <param name="Answer">What it said.</param>
[GenerateSerializer, Immutable, Alias("answered")]
public sealed record Answered(
    [property: Id(0)] StreamId Target, [property: Id(1)] Command Sent, [property: Id(2)] Answer Answer) : Command;
