using System.Collections.Immutable;
using System.Text.Json;
using Warehouse.Devices.Mapping;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Sensors.Json;

/// <summary>From a JSON message to values of measures. Pure.</summary>
public sealed class JsonMeasures
{
    private readonly ImmutableArray<(Measure Measure, JsonPlace Value, JsonPlace? Time)> _places;
    private readonly string _timeFormat;

    /// <summary>The places of the measures in a preset's messages.</summary>
    /// <exception cref="FormatException">A measure's place is none.</exception>
    public JsonMeasures(string preset, ImmutableArray<Measure> measures)
    {
        _places = [.. measures.Select(measure => (measure, JsonPlace.Parse(ValueOf(preset, measure.From)), TimeOf(preset, measure.From)))];
        _timeFormat = preset == "edgex" ? "ns" : "ms";
    }

    /// <summary>The values that are in a message; a measure that it has not, or has no number for, is left out.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public ImmutableArray<(Measure Measure, long Value, Moment At)> Read(ReadOnlyMemory<byte> message, Moment came)
    {
        using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 16 });
        var read = ImmutableArray.CreateBuilder<(Measure, long, Moment)>();
        foreach (var (measure, place, time) in _places)
        {
            if (WireValues.Scaled(WireValues.Text(place.In(document.RootElement)), measure.Scale) is { } value)
            {
                read.Add((measure, value, WireValues.Time(WireValues.Text(time?.In(document.RootElement)), _timeFormat) ?? came));
            }
        }

        return read.ToImmutable();
    }

    private static string ValueOf(string preset, string from) => preset switch
    {
        "thingsboard" or "neuron" => $"values.{from}",
        "edgex" => $"event.readings[resourceName={from}].value",
        _ => from,
    };

    private static JsonPlace? TimeOf(string preset, string from) => preset switch
    {
        "thingsboard" => JsonPlace.Parse("ts"),
        "neuron" => JsonPlace.Parse("timestamp"),
        "edgex" => JsonPlace.Parse($"event.readings[resourceName={from}].origin"),
        _ => null,
    };
}
