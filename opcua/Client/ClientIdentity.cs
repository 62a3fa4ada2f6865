using System.Security.Cryptography.X509Certificates;
using Warehouse.OpcUa.Security;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Client;

/// <summary>Who a session acts for (Part 4, 7.41).</summary>
public abstract record ClientIdentity
{
    private ClientIdentity() { }

    /// <summary>Nobody in particular.</summary>
    public sealed record Anonymous : ClientIdentity;

    /// <summary>A user by name and password. The password leaves this machine encrypted, or not at all.</summary>
    public sealed record UserName(string Name, string Password) : ClientIdentity
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => $"user {Name}";
    }

    /// <summary>A user by certificate with its key.</summary>
    public sealed record Certificate(X509Certificate2 Own) : ClientIdentity;

    internal UserTokenType TokenType => this switch
    {
        UserName => UserTokenType.UserName,
        Certificate => UserTokenType.Certificate,
        _ => UserTokenType.Anonymous,
    };

    /// <summary>The token for ActivateSession, with the signature that proves a certificate.</summary>
    internal (ExtensionObject Token, SignatureData Signature) ToToken(
        EndpointDescription endpoint, SecurityPolicy channelPolicy, X509Certificate2? server, byte[] serverNonce)
    {
        var offered = endpoint.UserIdentityTokens.FirstOrDefault(one => one.TokenType == TokenType)
            ?? throw new OpcUaException(StatusCodes.BadIdentityTokenInvalid, $"the server takes no {TokenType} token");
        var policy = string.IsNullOrEmpty(offered.SecurityPolicyUri) ? channelPolicy
            : SecurityPolicy.Of(offered.SecurityPolicyUri) ?? throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected, offered.SecurityPolicyUri);
        switch (this)
        {
            case UserName user:
                if (policy.IsNone || server is null)
                {
                    throw new OpcUaException(StatusCodes.BadSecurityPolicyRejected, "the server would take the password in the clear");
                }

                return (ExtensionObject.Of(new UserNameIdentityToken(
                    offered.PolicyId, user.Name, Secrets.Encrypt(policy, server, user.Password, serverNonce), policy.EncryptionUri)), SignatureData.None);
            case Certificate user:
                using (var key = user.Own.GetRSAPrivateKey()!)
                {
                    byte[] signed = [.. server?.RawData ?? [], .. serverNonce];
                    return (ExtensionObject.Of(new X509IdentityToken(offered.PolicyId, user.Own.RawData)),
                        new SignatureData(policy.SignatureUri, policy.Sign(key, signed)));
                }

            default:
                return (ExtensionObject.Of(new AnonymousIdentityToken(offered.PolicyId)), SignatureData.None);
        }
    }
}
