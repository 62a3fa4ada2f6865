namespace Warehouse.Devices.Links.Mqtt;

/// <summary>Counts what a broker does, from whichever thread it happens on.</summary>
internal sealed class BrokerCounts
{
    private long _published;
    private long _refused;
    private long _denied;
    private long _oversized;
    private long _queueShed;
    private long _slowCut;
    private long _gone;

    public void Published() => Interlocked.Increment(ref _published);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Denied() => Interlocked.Increment(ref _denied);

    public void Oversized() => Interlocked.Increment(ref _oversized);

    public void QueueShed() => Interlocked.Increment(ref _queueShed);

    public void SlowCut() => Interlocked.Increment(ref _slowCut);

    /// <summary>A connection ended before it was one.</summary>
    public void Gone() => Interlocked.Increment(ref _gone);

    public MqttBrokerHealth Health(int port, int tlsPort, BrokerVisitors visitors, int clients, int retained) => new(
        port, tlsPort, clients, visitors.Silent, retained, Interlocked.Read(ref _published),
        Interlocked.Read(ref _refused) + Interlocked.Read(ref _gone) + visitors.TurnedAway, Interlocked.Read(ref _denied), visitors.Shed,
        Interlocked.Read(ref _oversized), Interlocked.Read(ref _queueShed), Interlocked.Read(ref _slowCut));
}
