namespace Warehouse.Devices.Links.OpcUa.Stack;

/// <summary>How a link fares.</summary>
/// <param name="State">Whether it can be used now.</param>
/// <param name="Sessions">Sessions that were begun; one more after the server had forgotten the last.</param>
/// <param name="Reconnects">Times that it came back.</param>
/// <param name="Failures">Tries to connect that came to nothing.</param>
/// <param name="LastFailure">Why the last one did; empty when none has.</param>
/// <param name="Watched">Variables and objects that are watched.</param>
/// <param name="NotWatched">Those of them that the server has not, or does not let us watch.</param>
/// <param name="Republished">Messages that were told again after a gap.</param>
/// <param name="Lost">Messages that the server no longer had.</param>
public sealed record OpcUaLinkHealth(
    LinkState State, long Sessions, long Reconnects, long Failures, string LastFailure, int Watched, int NotWatched, long Republished, long Lost);
