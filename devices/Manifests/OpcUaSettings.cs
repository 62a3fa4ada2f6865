namespace Warehouse.Devices.Manifests;

/// <summary>Settings of devices that are reached over OPC UA.</summary>
public static class OpcUaSettings
{
    /// <summary>The machine's server. Default empty: the server of the house's own virtual machines.</summary>
    public static DeviceSetting Endpoint { get; } = DeviceSetting.Plain(
        "endpoint", "The machine's OPC UA server, opc.tcp://host:port/path; empty is the server of the house's own virtual machines.", "");

    /// <summary>The machine's object at its server. Default <c>Machines/WAREHOUSE-NAME</c>.</summary>
    public static DeviceSetting Machine { get; } = DeviceSetting.Plain(
        "machine", "The machine's object: browse names from Objects down, joined by /, or a node id (ns=2;s=Crane01, nsu=URI;i=5).", "") with
    {
        DefaultFor = manifest => $"Machines/{manifest.Warehouse}-{manifest.Name}",
    };

    /// <summary>How its channel is protected. Default the strongest policy, signed and encrypted.</summary>
    public static DeviceSetting Security { get; } = DeviceSetting.Choice(
        "security", "The channel's security policy, always signed and encrypted; None protects nothing.",
        "Aes256Sha256RsaPss", "Aes128Sha256RsaOaep", "Basic256Sha256", "None");

    /// <summary>The user of its sessions. Default empty: anonymous.</summary>
    public static DeviceSetting User { get; } = DeviceSetting.Plain("user", "The user of the session; empty is an anonymous one.", "");

    /// <summary>Where the user's password is: the name of an environment variable.</summary>
    public static DeviceSetting PasswordFrom { get; } = DeviceSetting.Plain(
        "passwordFrom", "The environment variable that holds the user's password.", "");
}
