using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Tests.Links;

/// <summary>The one file of users, and what is made from it.</summary>
public sealed class MqttUsersTests
{
    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "WarehouseOrleans.sln")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return folder;
        }
    }

    [Fact]
    public void Mosquittos_access_list_is_what_the_users_file_says()
    {
        var users = MqttUsers.ReadNames(Path.Combine(Root, "docker", "mosquitto", "users.json"));
        Assert.Equal(MosquittoAcl.Of(users, "users.json"), File.ReadAllText(Path.Combine(Root, "docker", "mosquitto", "acl")));
    }

    [Theory]
    [InlineData("""{ "users": [] }""", "users: 1 to")]
    [InlineData("""{ "users": [ { "name": "a b", "passwordFrom": "P", "write": [], "read": [] } ] }""", "user 'a b': name")]
    [InlineData("""{ "users": [ { "name": "a", "passwordFrom": "P", "write": ["a/#/b"], "read": [] } ] }""", "'a/#/b' is not a topic filter")]
    [InlineData("""{ "users": [ { "name": "a", "passwordFrom": "P", "write": [], "read": [], "admin": true } ] }""", "admin")]
    [InlineData("""{ "users": [ { "name": "a", "passwordFrom": "unset", "write": [], "read": [] } ] }""", "user a: passwordFrom: unset is not set")]
    [InlineData("""{ "users": [ { "name": "a", "passwordFrom": "P", "write": [], "read": [] }, { "name": "a", "passwordFrom": "P", "write": [], "read": [] } ] }""", "twice")]
    [InlineData("nonsense", "users.json")]
    public void What_is_wrong_is_refused_by_file_user_and_rule(string text, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("users-").FullName;
        var file = Path.Combine(folder, "users.json");
        File.WriteAllText(file, text);
        var refused = Assert.Throws<InvalidDataException>(() => MqttUsers.Read(file, name => name == "P" ? "a long password" : null));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
