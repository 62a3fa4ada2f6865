namespace Warehouse.Devices.Links.OpcUa;

/// <summary>
/// A StatusCode (OPC UA Part 4, 7.39). Codes without a name here come through as their number; a code with bit 31 set is bad.
/// </summary>
public enum OpcUaStatus : uint
{
    /// <summary>It was done, or the value is good.</summary>
    Good = 0,
    /// <summary>The machine failed and says no more.</summary>
    BadInternalError = 0x80020000,
    /// <summary>This user may not.</summary>
    BadUserAccessDenied = 0x801F0000,
    /// <summary>The machine has no value yet.</summary>
    BadWaitingForInitialData = 0x80320000,
    /// <summary>There is no such node.</summary>
    BadNodeIdUnknown = 0x80340000,
    /// <summary>The variable is not for writing.</summary>
    BadNotWritable = 0x803B0000,
    /// <summary>The value is out of its range.</summary>
    BadOutOfRange = 0x803C0000,
    /// <summary>The machine does not do this.</summary>
    BadNotSupported = 0x803D0000,
    /// <summary>A browse path led nowhere.</summary>
    BadNoMatch = 0x806F0000,
    /// <summary>The value is of another type than the variable.</summary>
    BadTypeMismatch = 0x80740000,
    /// <summary>The object has no such method.</summary>
    BadMethodInvalid = 0x80750000,
    /// <summary>An input argument was refused.</summary>
    BadInvalidArgument = 0x80AB0000,
    /// <summary>Another event of this condition is the newest by now.</summary>
    BadEventIdUnknown = 0x809A0000,
    /// <summary>The condition was acknowledged before.</summary>
    BadConditionBranchAlreadyAcked = 0x80CF0000,
    /// <summary>The condition was confirmed before.</summary>
    BadConditionBranchAlreadyConfirmed = 0x80D00000,
}

/// <summary>What a status says at a glance.</summary>
public static class OpcUaStatusSeverity
{
    /// <summary>Whether nothing came of it.</summary>
    public static bool IsBad(this OpcUaStatus status) => ((uint)status & 0x80000000) != 0;
}
