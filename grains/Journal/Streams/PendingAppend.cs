using System.Collections.Immutable;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>Commands that were decided one after another since the last append, on their way to becoming one row.</summary>
internal sealed class PendingAppend(StreamId stream, JournalCodec codec)
{
    private readonly AppendText text = codec.Begin();
    private readonly List<(WaitingCommand Command, Answer Answer)> decided = [];
    private Moment at;
    private bool isAwaited;
    private readonly ImmutableArray<RecordedCommand>.Builder recorded = ImmutableArray.CreateBuilder<RecordedCommand>(1);
    private readonly ImmutableArray<Event>.Builder events = ImmutableArray.CreateBuilder<Event>(1);
    private readonly List<Effect> effects = [];
    private readonly ImmutableArray<EffectId>.Builder settled = ImmutableArray.CreateBuilder<EffectId>(1);

    /// <summary>The commands in order of arrival, those too that leave no trace in the row.</summary>
    public IEnumerable<WaitingCommand> Commands => decided.Select(one => one.Command);

    /// <summary>What it holds so far.</summary>
    public AppendWeight Weight => new(decided.Count, isAwaited || effects.Count > 0);

    /// <summary>The state after all its events.</summary>
    public required object State { get; set; }

    /// <summary>False while it holds nothing but validation errors: they wait for the append before, and need no row.</summary>
    public bool NeedsRow => recorded.Count > 0;

    /// <summary>What the row says, once it is sealed.</summary>
    public DecodedAppend Content { get; private set; } = new(default, [], [], 0);

    /// <summary>How long the row is, once it is sealed.</summary>
    public int Bytes { get; private set; }

    /// <summary>A command and what was decided on it when.</summary>
    public void Add(WaitingCommand command, Decision decision, Moment when)
    {
        at = when;
        decided.Add((command, decision.Answer));
        var envelope = command.Envelope;
        isAwaited |= envelope.Effect?.From != stream;
        if (!decision.Recorded && envelope.Effect is null)
        {
            return;
        }

        recorded.Add(new RecordedCommand(envelope.Id, envelope.Effect, command.Hash, decision.Answer));
        if (envelope.Effect is { } effect && effect.From == stream)
        {
            settled.Add(effect);
        }
    }

    /// <summary>An event of the command just added, and what it asks of the outside.</summary>
    public void Add(Event happened, IEnumerable<Effect> wanted)
    {
        events.Add(happened);
        codec.Add(text, happened);
        foreach (var effect in wanted)
        {
            effects.Add(effect);
            codec.Add(text, effect.Body);
        }
    }

    /// <summary>The row; nothing can be added after this.</summary>
    public Append Seal(long version)
    {
        Content = new DecodedAppend(at, recorded.DrainToImmutable(), events.DrainToImmutable(), effects.Count);
        var (body, bodies) = codec.Seal(text, Content);
        Bytes = body.Length;
        var partition = Partition.Of(stream);
        var rows = ImmutableArray.CreateBuilder<EffectRow>(effects.Count);
        for (var index = 0; index < effects.Count; index++)
        {
            rows.Add(new EffectRow(
                new EffectId(stream, version, index), partition, effects[index].Target, bodies[index], effects[index].Due)
            {
                Command = effects[index].Body,
            });
        }

        return new Append(stream, version, body, rows.MoveToImmutable(), settled.DrainToImmutable()) { Content = Content };
    }

    /// <summary>It will not be a row: all its commands are decided again, or it holds validation errors only.</summary>
    public void Abandon() => codec.Abandon(text);

    /// <summary>Everybody gets the answer that was decided; who was told meanwhile that the stream has stopped, keeps that.</summary>
    public void Answer()
    {
        foreach (var (command, answer) in decided)
        {
            command.Caller.TrySetResult(answer);
        }
    }
}
