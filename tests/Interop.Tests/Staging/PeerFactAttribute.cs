namespace Interop.Tests.Staging;

/// <summary>A fact that needs peers. Where one is not installed it is skipped by the command that installs it; where peers are required it runs and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    /// <summary>Needs each of these, named as <c>mosquitto</c> or <c>npm:mqtt</c>.</summary>
    public PeerFactAttribute(params string[] peers) => Skip = PeerSkip.Of(peers);
}

/// <summary>A theory that needs peers; see <see cref="PeerFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    /// <summary>Needs each of these.</summary>
    public PeerTheoryAttribute(params string[] peers) => Skip = PeerSkip.Of(peers);
}

file static class PeerSkip
{
    public static string? Of(string[] peers)
    {
        var missing = Peers.AreRequired ? [] : peers.Select(Peers.Missing).OfType<string>().Distinct().ToArray();
        return missing.Length == 0 ? null : string.Join("; ", missing);
    }
}
