using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>
/// A client's session with one machine's OPC UA server, as far as ISA-95 job control goes. A call whose reply was lost
/// throws <see cref="LinkDownException"/>, and then nobody knows whether it was done: read the list.
/// </summary>
public interface IOpcUaLink : IAsyncDisposable
{
    /// <summary>Whether it can be used now.</summary>
    LinkState State { get; }

    /// <summary>Told after each change of state, in order.</summary>
    event Action<LinkState>? StateChanged;

    /// <summary>Told of each change of a job's state while the session lasts. Changes during a cut are not told: read the list.</summary>
    event Action<JobOrderAndState>? JobChanged;

    /// <summary>Told of new values of the machine's variables. They are telemetry: some may be left out.</summary>
    event Action<NodeValue>? ValueChanged;

    /// <summary>Begins to connect and goes on trying until stopped.</summary>
    void Start();

    /// <summary>Closes the session.</summary>
    Task Stop();

    /// <summary>Stores a job and allows its start.</summary>
    Task<JobCallStatus> StoreAndStart(JobOrder order, CancellationToken cancellation = default);

    /// <summary>Gives up a job that runs or waits.</summary>
    Task<JobCallStatus> Abort(string jobOrderId, CancellationToken cancellation = default);

    /// <summary>Takes back a job that has not begun.</summary>
    Task<JobCallStatus> Cancel(string jobOrderId, CancellationToken cancellation = default);

    /// <summary>Removes a job that ended or was given up from the list.</summary>
    Task<JobCallStatus> Clear(string jobOrderId, CancellationToken cancellation = default);

    /// <summary>Reads the machine's job order list.</summary>
    Task<ImmutableArray<JobOrderAndState>> JobOrderList(CancellationToken cancellation = default);
}
