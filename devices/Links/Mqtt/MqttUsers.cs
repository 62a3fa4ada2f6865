using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Links.Mqtt;

/// <summary>One user of a broker.</summary>
/// <param name="Name">The user name.</param>
/// <param name="PasswordFrom">The environment variable that holds the password: no secret stands in a file.</param>
/// <param name="Write">Topic filters under which the user may publish.</param>
/// <param name="Read">Topic filters under which the user may subscribe.</param>
public sealed record MqttUser(string Name, string PasswordFrom, ImmutableArray<string> Write, ImmutableArray<string> Read)
{
    /// <summary>True when the user may publish to the topic.</summary>
    public bool MayWrite(string topic)
    {
        foreach (var filter in Write)
        {
            if (TopicFilter.Matches(filter, topic))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when everything that <paramref name="filter"/> matches may be heard.</summary>
    public bool MayRead(string filter)
    {
        foreach (var allowed in Read)
        {
            if (TopicFilter.Covers(allowed, filter))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// Who may connect to a broker, and what each may say and hear. One file is the source for both brokers: the embedded
/// one reads it, and Mosquitto's access list is written from it (<see cref="MosquittoAcl"/>).
/// </summary>
public sealed class MqttUsers
{
    /// <summary>Most users and most filters of one.</summary>
    public const int Most = 10_000;

    private const int LongestFile = 4 * 1024 * 1024;
    private readonly ImmutableSortedDictionary<string, (MqttUser User, byte[] Password)> _users;

    private MqttUsers(ImmutableSortedDictionary<string, (MqttUser User, byte[] Password)> users) => _users = users;

    /// <summary>All of them, by name.</summary>
    public IEnumerable<MqttUser> All => _users.Values.Select(entry => entry.User);

    /// <summary>Reads a file and takes the passwords from the environment. What is wrong throws <see cref="InvalidDataException"/> naming file, user and rule.</summary>
    /// <param name="file">The file, JSON.</param>
    /// <param name="environment">The value of a variable; null when it is not set.</param>
    public static MqttUsers Read(string file, Func<string, string?> environment)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LongestFile } large)
        {
            throw new InvalidDataException($"{file}: has {large.Length} bytes, allowed are {LongestFile}");
        }

        var users = ReadNames(file).ToImmutableSortedDictionary(
            user => user.Name,
            user => (user, environment(user.PasswordFrom) is { Length: >= 8 } password
                ? Encoding.UTF8.GetBytes(password)
                : throw new InvalidDataException($"{file}: user {user.Name}: passwordFrom: {user.PasswordFrom} is not set or shorter than 8 characters")),
            StringComparer.Ordinal);
        return new MqttUsers(users);
    }

    /// <summary>Reads who there is, without passwords.</summary>
    public static ImmutableArray<MqttUser> ReadNames(string file)
    {
        UsersFile? read;
        try
        {
            using var stream = File.OpenRead(file);
            read = JsonSerializer.Deserialize(stream, MqttUsersJson.Default.UsersFile);
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file}: {broken.Message}", broken);
        }

        if (read is null || read.Users.IsDefaultOrEmpty || read.Users.Length > Most)
        {
            throw new InvalidDataException($"{file}: users: 1 to {Most} are allowed");
        }

        foreach (var user in read.Users)
        {
            Check(file, user);
        }

        return read.Users.Select(user => user.Name).Distinct(StringComparer.Ordinal).Count() == read.Users.Length
            ? read.Users
            : throw new InvalidDataException($"{file}: users: a name stands there twice");
    }

    /// <summary>The user of this name and password, or null. Takes as long for a wrong name as for a wrong password.</summary>
    public MqttUser? Find(string? name, ReadOnlySpan<byte> password)
    {
        var known = _users.TryGetValue(name ?? "", out var entry);
        Span<byte> offered = stackalloc byte[SHA256.HashSizeInBytes], expected = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(password, offered);
        SHA256.HashData(entry.Password ?? [], expected);
        return CryptographicOperations.FixedTimeEquals(offered, expected) && known ? entry.User : null;
    }

    /// <summary>The user of this name, once connected.</summary>
    public MqttUser? Find(string? name) => _users.TryGetValue(name ?? "", out var entry) ? entry.User : null;

    /// <summary>The password of a user that this process itself connects as; throws when there is none.</summary>
    public string PasswordOf(string name) => _users.TryGetValue(name, out var entry)
        ? Encoding.UTF8.GetString(entry.Password)
        : throw new InvalidDataException($"the broker has no user '{name}', as which this process connects");

    private static void Check(string file, MqttUser user)
    {
        if (!Domain.Deciding.GrainKey.IsKey(user.Name) || user.Name.Contains('/'))
        {
            throw new InvalidDataException($"{file}: user '{user.Name}': name: letters, digits, '.', '_' and '-' are allowed");
        }

        if (user.Write.IsDefault || user.Read.IsDefault || user.Write.Length + user.Read.Length > Most)
        {
            throw new InvalidDataException($"{file}: user {user.Name}: write and read: both must be there, with up to {Most} filters");
        }

        if (user.Write.Concat(user.Read).FirstOrDefault(filter => !TopicFilter.IsFilter(filter) || filter.StartsWith('$')) is { } wrong)
        {
            throw new InvalidDataException($"{file}: user {user.Name}: '{wrong}' is not a topic filter");
        }
    }
}

/// <summary>The file's shape.</summary>
internal sealed record UsersFile(ImmutableArray<MqttUser> Users);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(UsersFile))]
internal sealed partial class MqttUsersJson : JsonSerializerContext;
