using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Warehouse.Domain.Deciding;

namespace Warehouse.Journal;

/// <summary>
/// What stands in the journal's bytes: UTF-8 JSON that a person can read and a later version of the house still
/// understands. An append is
/// <c>{"at":..,"commands":[{"id":..,"hash":..} or {"effect":..},..],"effects":n,"events":[{"is":"stock.reserved",..},..]}</c>;
/// a command that was not simply accepted carries its <c>answer</c>.
/// </summary>
public sealed class JournalCodec
{
    /// <summary>Scratch buffers kept for the next use: about as many as streams have an append in the making at once.</summary>
    private const int MaxIdle = 256;

    /// <summary>One that an unusually large append has grown beyond this is not kept.</summary>
    private const int MaxIdleBytes = 65_536;

    private readonly Upcasters upcasters;
    private readonly JsonSerializerOptions stored;
    private readonly JsonTypeInfo<Command> commands;
    private readonly JsonTypeInfo<Command> askedCommands;
    private readonly JsonTypeInfo<Event> events;
    private readonly JsonTypeInfo<Answer> answers;
    private readonly JsonTypeInfo<LedgerImage> ledgers;
    private readonly ConcurrentQueue<Scratch> idle = new();

    /// <summary>A codec for the messages of a name table.</summary>
    /// <param name="names">What is called how.</param>
    /// <param name="upcasters">How old events become present ones; none when null.</param>
    public JournalCodec(NameTable names, Upcasters? upcasters = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        this.upcasters = upcasters ?? new Upcasters();
        stored = JournalJson.Stored(names);
        commands = (JsonTypeInfo<Command>)stored.GetTypeInfo(typeof(Command));
        events = (JsonTypeInfo<Event>)stored.GetTypeInfo(typeof(Event));
        answers = (JsonTypeInfo<Answer>)stored.GetTypeInfo(typeof(Answer));
        ledgers = (JsonTypeInfo<LedgerImage>)stored.GetTypeInfo(typeof(LedgerImage));
        askedCommands = (JsonTypeInfo<Command>)JournalJson.Asked(names).GetTypeInfo(typeof(Command));
    }

    /// <summary>The bytes of an append and, behind it, of its effects' commands: one array, cut into pieces.</summary>
    public (ReadOnlyMemory<byte> Body, ImmutableArray<ReadOnlyMemory<byte>> Effects) Encode(
        DecodedAppend append, IReadOnlyList<Command> effects)
    {
        ArgumentNullException.ThrowIfNull(append);
        ArgumentNullException.ThrowIfNull(effects);
        var text = Begin();
        foreach (var happened in append.Events)
        {
            Add(text, happened);
        }

        foreach (var effect in effects)
        {
            Add(text, effect);
        }

        return Seal(text, append);
    }

    /// <summary>
    /// An append whose events and effects become text as they are decided, on the decider's thread: the writer, which
    /// every stream waits for, then only copies. It ends with <see cref="Seal"/> or <see cref="Abandon"/>.
    /// </summary>
    internal AppendText Begin() => new(Lend());

    /// <summary>One more event of the append.</summary>
    internal void Add(AppendText text, Event happened)
    {
        JsonSerializer.Serialize(text.Scratch.Writer, happened, events);
        text.EndEvent();
    }

    /// <summary>The command of one more effect.</summary>
    internal void Add(AppendText text, Command effect)
    {
        JsonSerializer.Serialize(text.Scratch.Writer, effect, commands);
        text.EndEffect();
    }

    /// <summary>What <see cref="Encode"/> answers, of text that was written piece by piece.</summary>
    internal (ReadOnlyMemory<byte> Body, ImmutableArray<ReadOnlyMemory<byte>> Effects) Seal(AppendText text, DecodedAppend append)
    {
        WriteHead(text.Scratch.Writer, append);
        var sealedText = text.Assemble();
        Return(text.Scratch);
        return sealedText;
    }

    /// <summary>Nobody will want its bytes.</summary>
    internal void Abandon(AppendText text) => Return(text.Scratch);

    /// <summary>What an append's bytes say. Throws <see cref="JsonException"/> on an unknown name.</summary>
    public DecodedAppend Decode(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var at = default(Moment);
        var effects = 0;
        ImmutableArray<RecordedCommand> recorded = [];
        ImmutableArray<Event> happened = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("at"u8) && reader.Read())
            {
                at = new Moment(reader.GetInt64());
            }
            else if (reader.ValueTextEquals("effects"u8) && reader.Read())
            {
                effects = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("commands"u8) && reader.Read())
            {
                recorded = ReadCommands(ref reader);
            }
            else if (reader.ValueTextEquals("events"u8) && reader.Read())
            {
                happened = ReadEvents(ref reader);
            }
            else
            {
                throw new JsonException($"an append has no '{reader.GetString()}'");
            }
        }

        return new DecodedAppend(at, recorded, happened, effects);
    }

    /// <summary>The bytes of a command.</summary>
    public ReadOnlyMemory<byte> EncodeCommand(Command command) => Write(command, (scratch, value) =>
    {
        JsonSerializer.Serialize(scratch.Writer, value, commands);
        return (ReadOnlyMemory<byte>)scratch.Written.ToArray();
    });

    /// <summary>The command that an effect's bytes say.</summary>
    public Command DecodeCommand(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, commands) ?? throw new JsonException("null is not a command");

    /// <summary>
    /// A number for what is asked: equal for bodies that differ only in times and looked-up facts. The first eight
    /// bytes of SHA-256; two bodies only ever meet here under one id.
    /// </summary>
    public ulong HashOf(Command command) => Write(command, (scratch, value) =>
    {
        JsonSerializer.Serialize(scratch.Writer, value, askedCommands);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(scratch.Written, digest);
        return MemoryMarshal.Read<ulong>(digest);
    });

    /// <summary>The bytes of a state and the ledger beside it.</summary>
    internal ReadOnlyMemory<byte> EncodeSnapshot(Noun noun, object state, LedgerImage ledger) =>
        Write((noun, state, ledger), (scratch, input) =>
        {
            scratch.Writer.WriteStartObject();
            scratch.Writer.WritePropertyName("state"u8);
            JsonSerializer.Serialize(scratch.Writer, input.state, stored.GetTypeInfo(input.noun.StateType));
            scratch.Writer.WritePropertyName("ledger"u8);
            JsonSerializer.Serialize(scratch.Writer, input.ledger, ledgers);
            scratch.Writer.WriteEndObject();
            scratch.EndValue();
            return (ReadOnlyMemory<byte>)scratch.Written.ToArray();
        });

    /// <summary>State and ledger of a snapshot's bytes.</summary>
    internal (object State, LedgerImage Ledger) DecodeSnapshot(Noun noun, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var state = document.RootElement.GetProperty("state").Deserialize(stored.GetTypeInfo(noun.StateType));
        var ledger = document.RootElement.GetProperty("ledger").Deserialize(ledgers);
        return state is null || ledger is null ? throw new JsonException("half a snapshot") : (state, ledger);
    }

    /// <summary>Everything but the events, whose array stays open.</summary>
    private void WriteHead(Utf8JsonWriter writer, DecodedAppend append)
    {
        writer.WriteStartObject();
        writer.WriteNumber("at"u8, append.At.UnixMilliseconds);
        writer.WriteStartArray("commands"u8);
        foreach (var command in append.Commands)
        {
            writer.WriteStartObject();
            if (command.Effect is null)
            {
                writer.WriteString("id"u8, command.Id);
                writer.WriteNumber("hash"u8, command.Hash);
            }
            else
            {
                writer.WriteString("effect"u8, command.Id);
            }

            if (command.Answer != Answer.Yes)
            {
                writer.WritePropertyName("answer"u8);
                JsonSerializer.Serialize(writer, command.Answer, answers);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("effects"u8, append.Effects);
        writer.WriteStartArray("events"u8);
    }

    private ImmutableArray<RecordedCommand> ReadCommands(ref Utf8JsonReader reader)
    {
        var read = ImmutableArray.CreateBuilder<RecordedCommand>(1);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (id, isEffect, hash, answer) = ("", false, 0UL, Answer.Yes);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                isEffect |= reader.ValueTextEquals("effect"u8);
                if ((isEffect || reader.ValueTextEquals("id"u8)) && id.Length == 0 && reader.Read())
                {
                    id = reader.GetString()!;
                }
                else if (reader.ValueTextEquals("hash"u8) && reader.Read())
                {
                    hash = reader.GetUInt64();
                }
                else if (reader.ValueTextEquals("answer"u8) && reader.Read())
                {
                    answer = JsonSerializer.Deserialize(ref reader, answers)!;
                }
                else
                {
                    throw new JsonException($"a command has no '{reader.GetString()}'");
                }
            }

            read.Add(new RecordedCommand(id, isEffect ? EffectId.Parse(id) : null, hash, answer));
        }

        return read.DrainToImmutable();
    }

    private ImmutableArray<Event> ReadEvents(ref Utf8JsonReader reader)
    {
        var read = ImmutableArray.CreateBuilder<Event>(1);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            read.Add(upcasters.Present(JsonSerializer.Deserialize(ref reader, events)!));
        }

        return read.DrainToImmutable();
    }

    private TResult Write<TInput, TResult>(TInput input, Func<Scratch, TInput, TResult> write)
    {
        var scratch = Lend();
        try
        {
            return write(scratch, input);
        }
        finally
        {
            Return(scratch);
        }
    }

    private Scratch Lend() => idle.TryDequeue(out var scratch) ? scratch : new Scratch();

    private void Return(Scratch scratch)
    {
        if (idle.Count < MaxIdle && scratch.Capacity <= MaxIdleBytes)
        {
            scratch.Clear();
            idle.Enqueue(scratch);
        }
        else
        {
            scratch.Dispose();
        }
    }
}
