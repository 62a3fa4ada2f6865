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

    /// <summary>The broker's place; the password stays out of logs.</summary>
    public override string ToString() => $"{Host}:{Port}";

    internal void Check(Breaches breaches)
    {
        breaches.Between("Warehouse:Mqtt:Port", Port, 1, 65_535);
        breaches.Unless(Host.Length > 0 || User.Length == 0, "Warehouse:Mqtt:User", "the embedded broker knows no users; name Warehouse:Mqtt:Host");
        breaches.Unless(User.Length > 0 || Password.Length == 0, "Warehouse:Mqtt:Password", "needs Warehouse:Mqtt:User");
    }
}
