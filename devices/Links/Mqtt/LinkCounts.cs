namespace Warehouse.Devices.Links.Mqtt;

/// <summary>Counts what a link does, from whichever thread it happens on.</summary>
internal sealed class LinkCounts
{
    private long _connects;
    private long _resumed;
    private long _refused;
    private long _published;
    private long _publishFailed;
    private long _heard;
    private long _notTaken;
    private int _held;
    private volatile string? _lastFailure;

    public void Connected(bool resumed)
    {
        Interlocked.Increment(ref _connects);
        Interlocked.Add(ref _resumed, resumed ? 1 : 0);
    }

    public void Refused(string why)
    {
        Interlocked.Increment(ref _refused);
        _lastFailure = why;
    }

    public void Failed(string why) => _lastFailure = why;

    public void Published() => Interlocked.Increment(ref _published);

    public void PublishFailed() => Interlocked.Increment(ref _publishFailed);

    public void Heard(MqttQos qos)
    {
        Interlocked.Increment(ref _heard);
        Interlocked.Add(ref _held, (int)qos);
    }

    /// <summary>The handlers are through with a message, and what was to be acknowledged is.</summary>
    public void Handled(MqttQos qos) => Interlocked.Add(ref _held, -(int)qos);

    public void NotTaken() => Interlocked.Increment(ref _notTaken);

    public MqttLinkHealth Health(LinkState state) => new(state)
    {
        Connects = Interlocked.Read(ref _connects),
        Resumed = Interlocked.Read(ref _resumed),
        Refused = Interlocked.Read(ref _refused),
        Published = Interlocked.Read(ref _published),
        PublishFailed = Interlocked.Read(ref _publishFailed),
        Heard = Interlocked.Read(ref _heard),
        NotTaken = Interlocked.Read(ref _notTaken),
        Held = Volatile.Read(ref _held),
        LastFailure = _lastFailure,
    };
}
