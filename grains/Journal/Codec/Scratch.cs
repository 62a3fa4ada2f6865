using System.Buffers;
using System.Text.Json;

namespace Warehouse.Journal;

/// <summary>A growing buffer with a JSON writer on it, used over and over; what is kept of it is copied out once.</summary>
internal sealed class Scratch : IDisposable
{
    private static readonly JsonWriterOptions Trusted = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    public Scratch() => Writer = new Utf8JsonWriter(buffer, Trusted);

    /// <summary>Writes behind what is there already.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>What has been written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <summary>How many bytes it holds without growing.</summary>
    public int Capacity => buffer.Capacity;

    /// <summary>End a JSON value: the next one is a document of its own. Answers where it will start.</summary>
    public int EndValue()
    {
        Writer.Flush();
        Writer.Reset();
        return buffer.WrittenCount;
    }

    /// <summary>Empty, for the next use.</summary>
    public void Clear()
    {
        Writer.Reset();
        buffer.ResetWrittenCount();
    }

    public void Dispose() => Writer.Dispose();
}
