namespace Warehouse.Domain.Fleet;

/// <summary>Who drives a vehicle, as VDA 5050 has it (3.0.0, 6.10.6; 2.1.0 knows neither Startup nor Intervened).</summary>
public enum OperatingMode
{
    /// <summary>Nobody has said so yet.</summary>
    Unknown,
    /// <summary>It starts up and takes no orders.</summary>
    Startup,
    /// <summary>We do.</summary>
    Automatic,
    /// <summary>We do, and a person sets the speed.</summary>
    SemiAutomatic,
    /// <summary>A person has stepped in; only a cancel is heard.</summary>
    Intervened,
    /// <summary>A person.</summary>
    Manual,
    /// <summary>Under service.</summary>
    Service,
    /// <summary>Being taught.</summary>
    TeachIn,
}

/// <summary>How bad a vehicle's error is (VDA 5050 3.0.0, 6.10.5; 2.1.0 knows Warning and Fatal).</summary>
public enum ErrorLevel
{
    /// <summary>None.</summary>
    None,
    /// <summary>It goes on by itself.</summary>
    Warning,
    /// <summary>It goes on, and somebody should look soon.</summary>
    Urgent,
    /// <summary>It cannot go on with this order; it can with another one.</summary>
    Critical,
    /// <summary>A person is needed at the vehicle.</summary>
    Fatal,
}

/// <summary>What a floor has to know of a vehicle beside its order.</summary>
/// <param name="Mode">Who drives it.</param>
/// <param name="Paused">It is held, by us or by a button on it.</param>
/// <param name="EmergencyStop">Its emergency stop is active. We read it and never reset it.</param>
/// <param name="Worst">Its worst error.</param>
/// <param name="ErrorType">Type of that error; empty when there is none.</param>
[GenerateSerializer, Immutable, Alias("agv.condition")]
public sealed record VehicleCondition(
    [property: Id(0)] OperatingMode Mode, [property: Id(1)] bool Paused, [property: Id(2)] bool EmergencyStop,
    [property: Id(3)] ErrorLevel Worst, [property: Id(4)] string ErrorType)
{
    /// <summary>What is taken for granted before a vehicle says otherwise.</summary>
    public static VehicleCondition Normal { get; } = new(OperatingMode.Automatic, Paused: false, EmergencyStop: false, ErrorLevel.None, "");
}

/// <summary>A parameter of an instant action.</summary>
/// <param name="Key">Its name, as VDA 5050 or the vehicle's factsheet spells it.</param>
/// <param name="Value">Its value as text; what is a number there is written as one.</param>
[GenerateSerializer, Immutable, Alias("agv.action-parameter")]
public sealed record ActionParameter([property: Id(0)] string Key, [property: Id(1)] string Value);

/// <summary>What a vehicle may ask for (VDA 5050 3.0.0, 6.8 and 6.9).</summary>
public enum RequestType
{
    /// <summary>To enter a release zone.</summary>
    Access,
    /// <summary>To replan within a coordinated zone.</summary>
    Replanning,
    /// <summary>To leave the edge's line within its corridor.</summary>
    Corridor,
}

/// <summary>An open request of a vehicle.</summary>
/// <param name="RequestId">Its id; the vehicle makes it.</param>
/// <param name="Type">For what.</param>
/// <param name="Of">The zone or the edge.</param>
/// <param name="ZoneSetId">The zone's set; empty for an edge.</param>
[GenerateSerializer, Immutable, Alias("agv.request")]
public sealed record VehicleRequest(
    [property: Id(0)] string RequestId, [property: Id(1)] RequestType Type, [property: Id(2)] string Of,
    [property: Id(3)] string ZoneSetId);

/// <summary>The answer to a request (VDA 5050 3.0.0, topic responses, grantType).</summary>
public enum GrantType
{
    /// <summary>Yes, until the lease ends.</summary>
    Granted,
    /// <summary>Not yet; it waits in line.</summary>
    Queued,
    /// <summary>No longer. It counts as held until the vehicle shows that it has given it up.</summary>
    Revoked,
    /// <summary>No.</summary>
    Rejected,
}
