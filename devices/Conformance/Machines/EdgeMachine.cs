using System.Globalization;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Sensors.Sparkplug;

namespace Warehouse.Devices.Conformance.Machines;

/// <summary>
/// A Sparkplug edge node with one device in a cold store: it is born when its link comes up and whenever it is asked to
/// be, with all its values, and says a changed one for some seconds, numbered, at QoS 0 and by its alias. Each value
/// stands for a while, as Sparkplug tells what is and not what was.
/// </summary>
/// <param name="group">Its group.</param>
/// <param name="node">Its name.</param>
/// <param name="clock">The kit's clock.</param>
public sealed class EdgeMachine(string group, string node, TimeProvider clock) : IMachine, IDisposable
{
    private const string Sensor = "Cold01";
    private const ulong Alias = 7;
    private const uint Int32 = 3;
    private readonly List<string> _facts = ["Within -18000"];
    private IMqttLink? _link;
    private ITimer? _timer;
    private readonly Queue<int> _next = new();
    private ITimer? _change;
    private int _value = -18_000;
    private int _left;
    private ulong _seq;
    private ulong _sessions;

    /// <inheritdoc/>
    public IReadOnlyList<string> Done => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Facts => _facts;

    private ulong Now => (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public async Task PowerOn(IMqttLink link)
    {
        (_link, _sessions) = (link, _sessions + 1);
        await link.Subscribe($"spBv1.0/{group}/NCMD/{node}", MqttQos.AtLeastOnce, OnCommand);
        link.StateChanged += state =>
        {
            if (state == LinkState.Up)
            {
                Bear();
            }
        };
        link.Start();
    }

    /// <inheritdoc/>
    public void PowerOff()
    {
        _link = null;
        _timer?.Dispose();
    }

    /// <inheritdoc/>
    public bool IsBusy => _next.Count > 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        PowerOff();
        _change?.Dispose();
    }

    /// <inheritdoc/>
    public void Act(int number)
    {
        _next.Enqueue((number % 2 == 1 ? -14_000 : -18_000) + number);
        if (_change is null)
        {
            Change();
        }
    }

    private void Change()
    {
        _change?.Dispose();
        _change = null;
        if (!_next.TryDequeue(out var next))
        {
            return;
        }

        _value = next;

        _facts.Add(string.Create(CultureInfo.InvariantCulture, $"{(_value > -15_000 ? "High" : "Within")} {_value}"));
        _left = 6;
        _change = clock.CreateTimer(_ => Change(), null, TimeSpan.FromSeconds(150), Timeout.InfiniteTimeSpan);
        Speak();
    }

    private Task OnCommand(MqttMessage message)
    {
        if (SparkplugPayload.Read(message.Payload.Span).Metrics.Any(metric => metric is { Name: SparkplugNode.RebirthMetric, Value: not 0 }))
        {
            Bear();
        }

        return Task.CompletedTask;
    }

    private void Bear()
    {
        _seq = 0;
        Say("NBIRTH", "", [new SparkplugMetric("bdSeq", null, Now, 8, false, false, _sessions, 11), new SparkplugMetric(SparkplugNode.RebirthMetric, null, Now, 11, false, false, 0, 14)]);
        Say("DBIRTH", $"/{Sensor}", [Temperature("Temperature")]);
    }

    private void Speak()
    {
        if (_link is not { State: LinkState.Up } || _left-- <= 0)
        {
            return;
        }

        Say("DDATA", $"/{Sensor}", [Temperature(null)]);
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => Speak(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
    }

    // A signed whole number stands in an unsigned field as its two's complement.
    private SparkplugMetric Temperature(string? name) => new(name, Alias, Now, name is null ? 0 : Int32, false, false, unchecked((uint)_value), 10);

    private void Say(string type, string device, SparkplugMetric[] metrics)
    {
        var payload = new SparkplugPayload(Now, _seq, [.. metrics]);
        _seq = (_seq + 1) % 256;
        _ = _link?.Publish(new MqttMessage($"spBv1.0/{group}/{type}/{node}{device}", payload.ToBytes()));
    }
}
