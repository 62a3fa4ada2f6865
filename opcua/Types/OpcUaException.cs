namespace Warehouse.OpcUa.Types;

/// <summary>Something was refused or failed, for the reason that its StatusCode names.</summary>
public sealed class OpcUaException : IOException
{
    /// <summary>Without a reason: BadUnexpectedError.</summary>
    public OpcUaException() : this(StatusCodes.BadUnexpectedError) { }

    /// <summary>Without a code: BadUnexpectedError.</summary>
    public OpcUaException(string message) : this(StatusCodes.BadUnexpectedError, message) { }

    /// <summary>Without a code, with a cause.</summary>
    public OpcUaException(string message, Exception inner) : this(StatusCodes.BadUnexpectedError, message, inner) { }

    /// <summary>For this reason.</summary>
    public OpcUaException(StatusCode status, string? message = null, Exception? inner = null)
        : base(message is null ? status.ToString() : $"{status}: {message}", inner) => StatusCode = status;

    /// <summary>Why.</summary>
    public StatusCode StatusCode { get; }
}
