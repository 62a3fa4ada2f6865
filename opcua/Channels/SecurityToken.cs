using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Channels;

/// <summary>One token of a channel with both sides' keys; no keys under the policy None (Part 6, 6.7.4 and 6.7.5).</summary>
internal sealed class SecurityToken : IDisposable
{
    public SecurityToken(uint id, SecurityPolicy policy, byte[] ownNonce, byte[] otherNonce, DateTime expires)
    {
        (Id, Expires) = (id, expires);
        if (!policy.IsNone)
        {
            Sending = new SymmetricKeys(policy, otherNonce, ownNonce);
            Receiving = new SymmetricKeys(policy, ownNonce, otherNonce);
        }
    }

    public uint Id { get; }

    /// <summary>Until when a message under it is taken: a quarter past its lifetime (Part 4, 5.6.2).</summary>
    public DateTime Expires { get; }

    public SymmetricKeys? Sending { get; }

    public SymmetricKeys? Receiving { get; }

    public void Dispose()
    {
        Sending?.Dispose();
        Receiving?.Dispose();
    }

    public static DateTime ExpiryOf(DateTime now, uint lifetimeMilliseconds) => now.AddMilliseconds(lifetimeMilliseconds * 1.25);

    public static void CheckNonce(SecurityPolicy policy, byte[]? nonce)
    {
        if (!policy.IsNone && nonce?.Length != SecurityPolicy.NonceLength)
        {
            throw new OpcUaException(StatusCodes.BadNonceInvalid);
        }
    }
}
