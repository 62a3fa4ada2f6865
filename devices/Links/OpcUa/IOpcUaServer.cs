using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>What a machine does when its methods are called. Called one at a time.</summary>
public interface IJobReceiver
{
    /// <summary>The list as it is now.</summary>
    ImmutableArray<JobOrderAndState> JobOrderList { get; }

    /// <summary>Takes a job and allows its start.</summary>
    JobCallStatus StoreAndStart(JobOrder order);

    /// <summary>Gives up a job.</summary>
    JobCallStatus Abort(string jobOrderId);

    /// <summary>Takes back a job that has not begun.</summary>
    JobCallStatus Cancel(string jobOrderId);

    /// <summary>Removes a finished job from the list.</summary>
    JobCallStatus Clear(string jobOrderId);
}

/// <summary>A machine's OPC UA server with one job receiver.</summary>
public interface IOpcUaServer : IAsyncDisposable
{
    /// <summary>Begins to serve.</summary>
    Task Start(IJobReceiver receiver);

    /// <summary>Closes every session.</summary>
    Task Stop();

    /// <summary>Tells the sessions that a job's state changed.</summary>
    void Notify(JobOrderAndState job);

    /// <summary>Sets a variable.</summary>
    void Write(NodeValue value);
}
