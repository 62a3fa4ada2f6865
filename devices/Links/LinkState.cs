namespace Warehouse.Devices.Links;

/// <summary>Whether a link can be used now. A link that was started keeps trying until it is stopped.</summary>
public enum LinkState
{
    /// <summary>Not started, or stopped.</summary>
    Stopped,
    /// <summary>Started and without a connection; the next attempt is under way or waits for its back-off.</summary>
    Down,
    /// <summary>Connected and subscribed.</summary>
    Up,
}

/// <summary>The link had no connection, or lost it before the other side had confirmed. Says nothing about the outcome.</summary>
public sealed class LinkDownException : IOException
{
    /// <summary>Without a cause.</summary>
    public LinkDownException() { }

    /// <summary>With what was tried.</summary>
    public LinkDownException(string message) : base(message) { }

    /// <summary>With what was tried and what the library said.</summary>
    public LinkDownException(string message, Exception inner) : base(message, inner) { }
}
