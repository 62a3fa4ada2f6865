using System.Collections.Immutable;

namespace Warehouse.Devices.Links.OpcUa;

/// <summary>A parameter of a job order (ISA95ParameterDataType): an id and its value as text.</summary>
public sealed record JobParameter(string Id, string Value);

/// <summary>A job for a machine (ISA95JobOrderDataType, OPC 10031-4).</summary>
/// <param name="JobOrderId">Who gave the job chose it; a machine refuses a second job under one id.</param>
/// <param name="WorkMaster">What kind of job it is.</param>
/// <param name="Parameters">What it is done with.</param>
public sealed record JobOrder(string JobOrderId, string WorkMaster, ImmutableArray<JobParameter> Parameters)
{
    /// <summary>The value of a parameter; null when it is not given.</summary>
    public string? Parameter(string id)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Id == id)
            {
                return parameter.Value;
            }
        }

        return null;
    }
}

/// <summary>Where a job stands (ISA95JobOrderReceiverStateMachine).</summary>
public enum JobState
{
    /// <summary>Stored, and not to be started yet.</summary>
    NotAllowedToStart,
    /// <summary>Waits for its turn.</summary>
    AllowedToStart,
    /// <summary>Being done.</summary>
    Running,
    /// <summary>Begun and held.</summary>
    Interrupted,
    /// <summary>Done as asked.</summary>
    Ended,
    /// <summary>Given up; the reason says why.</summary>
    Aborted,
}

/// <summary>A row of the job order list (ISA95JobOrderAndStateDataType), with the reason from the job's response when it was given up.</summary>
public sealed record JobOrderAndState(JobOrder Order, JobState State, string Reason = "");

/// <summary>What a method of the job receiver returns (ReturnStatus, OPC 10031-4).</summary>
public enum JobCallStatus
{
    /// <summary>Done.</summary>
    NoError = 0,
    /// <summary>No job has this id.</summary>
    UnknownJobOrder = 1,
    /// <summary>The job's state does not allow it, or a job has this id already.</summary>
    InvalidJobOrderStatus = 2,
    /// <summary>The machine cannot take it now: its list is full, or it is not in automatic.</summary>
    UnableToAccept = 3,
    /// <summary>The request itself makes no sense to the machine.</summary>
    InvalidRequest = 32,
}
