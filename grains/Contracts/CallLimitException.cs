namespace Warehouse.Contracts;

/// <summary>A call breaks a limit of the house (its id is too long, too many wait already). Nothing was decided.</summary>
[GenerateSerializer, Alias("call-limit")]
public sealed class CallLimitException : Exception
{
    /// <summary>Names the limit and what broke it.</summary>
    public CallLimitException(string message) : base(message) { }

    /// <inheritdoc/>
    public CallLimitException() { }

    /// <inheritdoc/>
    public CallLimitException(string message, Exception innerException) : base(message, innerException) { }
}
