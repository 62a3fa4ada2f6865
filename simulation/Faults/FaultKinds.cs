using System.Collections.Immutable;

namespace Warehouse.Simulation.Faults;

/// <summary>Names of the faults, as reports count them.</summary>
public static class FaultKinds
{
    /// <summary>The process was killed between two turns.</summary>
    public const string Kill = "kill";

    /// <summary>A stream was made active a second time, and both lived on for a while.</summary>
    public const string SecondActivation = "second activation";

    /// <summary>A call came late.</summary>
    public const string CallLate = "call late";

    /// <summary>A call was lost.</summary>
    public const string CallLost = "call lost";

    /// <summary>An answer was lost.</summary>
    public const string AnswerLost = "answer lost";

    /// <summary>A call came twice.</summary>
    public const string CallTwice = "call twice";

    /// <summary>A caller was told of a time-out while the call still ran.</summary>
    public const string CallTimedOut = "call timed out";

    /// <summary>A write failed.</summary>
    public const string WriteFailed = "write failed";

    /// <summary>A write landed and said that it failed.</summary>
    public const string WriteFailedAfter = "write failed after success";

    /// <summary>A write failed and landed later.</summary>
    public const string WriteLate = "write late";

    /// <summary>The store stood still.</summary>
    public const string Stall = "store stalled";

    /// <summary>A device message was lost.</summary>
    public const string MessageLost = "message lost";

    /// <summary>A device message came twice.</summary>
    public const string MessageTwice = "message twice";

    /// <summary>A device message came late.</summary>
    public const string MessageLate = "message late";

    /// <summary>A link was cut.</summary>
    public const string Cut = "link cut";

    /// <summary>A call to a crane was lost.</summary>
    public const string CraneCallLost = "crane call lost";

    /// <summary>A crane's answer was lost.</summary>
    public const string CraneReplyLost = "crane reply lost";

    /// <summary>A tag lost its power.</summary>
    public const string Reboot = "tag rebooted";

    /// <summary>A snapshot was damaged or deleted.</summary>
    public const string DamagedSnapshot = "snapshot damaged";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Kill, SecondActivation, CallLate, CallLost, AnswerLost, CallTwice, CallTimedOut, WriteFailed, WriteFailedAfter, WriteLate, Stall,
        MessageLost, MessageTwice, MessageLate, Cut, CraneCallLost, CraneReplyLost, Reboot, DamagedSnapshot,
    ];
}
