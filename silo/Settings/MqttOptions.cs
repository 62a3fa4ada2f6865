using System.Net;
using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Silo.Settings;

/// <summary>The broker: embedded when <see cref="Host"/> is empty, else that one.</summary>
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

    /// <summary>The protocol's version at an external broker: V5 or V311. Default V5.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>Speak TLS with an external broker. Default false.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM file of the authorities that are trusted instead of the system's: for an external broker its own, for the embedded one those of its clients.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>PEM file of a certificate: ours at an external broker, or the embedded broker's own.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM file of that certificate's private key.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>The embedded broker's address. Default 127.0.0.1; any other than loopback needs <see cref="Users"/>.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>The embedded broker's port with TLS, which needs a certificate; 0 for none. Default 0.</summary>
    public int TlsPort { get; init; }

    /// <summary>The embedded broker's file of users and their rights; empty for none. This process then connects as its users <c>silo</c> and <c>plant</c>.</summary>
    public string Users { get; init; } = "";

    /// <summary>Serve the embedded broker over WebSocket as well, at /mqtt of the API. Default false.</summary>
    public bool WebSocket { get; init; }

    /// <summary>What the embedded broker does with a subscriber whose queue is full. Default DropOldest.</summary>
    public SlowSubscriber SlowSubscriber { get; init; } = SlowSubscriber.DropOldest;

    /// <summary>Most connections of the embedded broker. Default 5 000.</summary>
    public int MaxConnections { get; init; } = 5_000;

    /// <summary>The id under which the silo is a Sparkplug host application: its STATE is said and kept at the broker. Empty says none. Default empty.</summary>
    public string SparkplugHost { get; init; } = "";

    /// <summary>The broker's place; the password stays out of logs.</summary>
    public override string ToString() => $"{Host}:{Port}";

    /// <summary>How a side of this process connects to an external broker.</summary>
    internal MqttLinkOptions Link() => new()
    {
        ClientId = "warehouse",
        Host = Host,
        Port = Port,
        User = User,
        Password = Password,
        Version = Version,
        Presence = SparkplugHost.Length == 0 ? null : MqttPresence.OfSparkplugHost(SparkplugHost),
        Tls = Tls ? new MqttTls { CaFile = CaFile, CertificateFile = CertificateFile, KeyFile = KeyFile } : null,
    };

    /// <summary>How the embedded broker runs.</summary>
    internal MqttBrokerOptions Broker(string dataFolder) => new()
    {
        Address = IPAddress.Parse(Bind),
        Port = Port,
        Users = Users.Length == 0 ? null : ReadUsers(),
        Tls = TlsPort == 0 ? null : new MqttBrokerTls { Port = TlsPort, CertificateFile = CertificateFile, KeyFile = KeyFile, ClientCaFile = CaFile },
        SlowSubscriber = SlowSubscriber,
        MaxConnections = MaxConnections,
        RetainedFile = Path.Combine(dataFolder, "retained.json"),
    };

    internal void Check(Breaches breaches)
    {
        breaches.Between("Warehouse:Mqtt:Port", Port, 1, 65_535);
        breaches.Unless(
            SparkplugHost.AsSpan().IndexOfAny("+#/\0") < 0 && SparkplugHost.Length <= 128, "Warehouse:Mqtt:SparkplugHost",
            "is one level of a topic: no + # and /, at most 128 characters");
        breaches.Between("Warehouse:Mqtt:TlsPort", TlsPort, 0, 65_535);
        breaches.Between("Warehouse:Mqtt:MaxConnections", MaxConnections, 1, 1_000_000);
        breaches.Unless(Host.Length > 0 || User.Length == 0, "Warehouse:Mqtt:User", "is for an external broker; the embedded one has Warehouse:Mqtt:Users");
        breaches.Unless(User.Length > 0 || Password.Length == 0, "Warehouse:Mqtt:Password", "needs Warehouse:Mqtt:User");
        breaches.Unless(CertificateFile.Length > 0 == KeyFile.Length > 0, "Warehouse:Mqtt:KeyFile", "goes with Warehouse:Mqtt:CertificateFile");
        breaches.Unless(TlsPort == 0 || CertificateFile.Length > 0, "Warehouse:Mqtt:CertificateFile", "is empty, and Warehouse:Mqtt:TlsPort is not 0");
        breaches.Unless(IPAddress.TryParse(Bind, out var address), "Warehouse:Mqtt:Bind", $"'{Bind}' is not an IP address");
        breaches.Unless(
            address is null || IPAddress.IsLoopback(address) || Users.Length > 0, "Warehouse:Mqtt:Users",
            $"must name a file when the broker is bound to {Bind}: no anonymous door outside loopback");
        foreach (var (key, file) in new[] { ("CaFile", CaFile), ("CertificateFile", CertificateFile), ("KeyFile", KeyFile), ("Users", Users) })
        {
            breaches.Unless(file.Length == 0 || File.Exists(file), $"Warehouse:Mqtt:{key}", $"'{file}' is no file");
        }
    }

    private MqttUsers ReadUsers()
    {
        try
        {
            return MqttUsers.Read(Users, Environment.GetEnvironmentVariable);
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingException($"Warehouse:Mqtt:Users: {wrong.Message}");
        }
    }
}
