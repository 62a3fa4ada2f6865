using System.Text;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>Mosquitto's access list (mosquitto.conf(5), acl_file) for the same users as the embedded broker's.</summary>
public static class MosquittoAcl
{
    /// <summary>The file's text. Its user lines are also what the broker's start script makes passwords for.</summary>
    /// <param name="users">Who there is.</param>
    /// <param name="source">The file they come from, for whoever wants to change something.</param>
    public static string Of(IEnumerable<MqttUser> users, string source)
    {
        var text = new StringBuilder($"# Who may say and hear what. Written from {source}; a test compares the two.\n");
        foreach (var user in users)
        {
            text.Append($"\nuser {user.Name}\n");
            text.AppendJoin("", user.Write.Select(filter => $"topic write {filter}\n"));
            text.AppendJoin("", user.Read.Select(filter => $"topic read {filter}\n"));
        }

        return text.ToString();
    }
}
