using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Sensing;

namespace Warehouse.Devices.Sensors;

/// <summary>
/// What a device measures now. Each value is telemetry; a crossing of a limit is a fact, and so is the first value after
/// a start, because what happened before it is not known. A crossing that was not taken is told again with the next value.
/// </summary>
internal sealed class MeasureBook(DeviceId device, ImmutableArray<Measure> measures, AdapterPorts ports)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LimitLevel> _levels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Moment> _latest = new(StringComparer.Ordinal);
    private long _episode;

    /// <summary>The measures.</summary>
    public ImmutableArray<Measure> Measures => measures;

    /// <summary>Notes a value of a measure; ends when the fact that it makes, if any, is durable or turned away.</summary>
    public async Task Note(Measure measure, long value, Moment at, IFactSink facts)
    {
        ports.Telemetry.Raw(new RawSeen(device, measure.Name, string.Create(CultureInfo.InvariantCulture, $"{value} {measure.Unit}"), at));
        DeviceSignal.Measured crossing;
        LimitLevel? former;
        lock (_gate)
        {
            if (_latest.TryGetValue(measure.Name, out var latest) && at < latest)
            {
                // Overtaken on its way: it is not the present value any more.
                return;
            }

            _latest[measure.Name] = at;
            former = _levels.TryGetValue(measure.Name, out var known) ? known : null;
            var level = measure.Limits.After(former ?? LimitLevel.Within, value);
            if (level == former)
            {
                return;
            }

            _levels[measure.Name] = level;
            _episode = Math.Max(_episode + 1, Moment.Of(ports.Clocks.Real.GetUtcNow()).UnixMilliseconds);
            crossing = new DeviceSignal.Measured(measure.Name, value, measure.Unit, level, _episode);
        }

        if (!await facts.Report(crossing))
        {
            lock (_gate)
            {
                _levels.Remove(measure.Name);
            }
        }
    }
}
