namespace Warehouse.Silo.Settings;

/// <summary>The broker: embedded on loopback when <see cref="Host"/> is empty, else that one.</summary>
public sealed record MqttOptions
{
    /// <summary>Host of an external broker; empty for the embedded one.</summary>
    public string Host { get; init; } = "";

    /// <summary>Port; the embedded broker takes the next free one when it is taken. Default 1883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>User at an external broker.</summary>
    public string User { get; init; } = "";

    /// <summary>Password at an external broker.</summary>
    public string Password { get; init; } = "";

    internal void Check(Breaches breaches) => breaches.Between("Warehouse:Mqtt:Port", Port, 1, 65_535);
}
