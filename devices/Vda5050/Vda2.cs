using System.Text.Json.Nodes;
using Warehouse.Domain.Fleet;

namespace Warehouse.Devices.Vda5050;

/// <summary>
/// What 2.0.0 and 2.1.0 spell otherwise. The schemas of 2.0.0 were published without a licence and are not kept here: its
/// messages keep those of 2.1.0, but for the one field that had another name.
/// </summary>
internal static class Vda2
{
    /// <param name="first">True for 2.0.0.</param>
    public static VdaDialect Dialect(bool first) => new(
        2, "2.1.0",
        [VdaTopic.Order, VdaTopic.InstantActions, VdaTopic.State, VdaTopic.Connection, VdaTopic.Visualization, VdaTopic.Factsheet],
        new VdaSpelling(
            [
                (typeof(VdaNodePosition), "allowedDeviationXY", first ? "allowedDeviationXy" : "allowedDeviationXY"),
                (typeof(VdaState), "mobileRobotPosition", "agvPosition"),
                (typeof(VdaState), "powerSupply", "batteryState"),
                (typeof(VdaState), "instantActionStates", null),
                (typeof(VdaState), "zoneSets", null),
                (typeof(VdaState), "zoneRequests", null),
                (typeof(VdaState), "edgeRequests", null),
                (typeof(VdaPosition), "localized", "positionInitialized"),
                (typeof(VdaPowerSupply), "stateOfCharge", "batteryCharge"),
                (typeof(VdaSafetyState), "activeEmergencyStop", "eStop"),
                (typeof(VdaActionState), "actionResult", "resultDescription"),
                (typeof(VdaAction), "retriable", null),
                (typeof(VdaVisualization), "mobileRobotPosition", "agvPosition"),
                (typeof(VdaVisualization), "referenceStateHeaderId", null),
                (typeof(VdaProtocolLimits), "maximumStringLengths", "maxStringLens"),
                (typeof(VdaProtocolLimits), "maximumArrayLengths", "maxArrayLens"),
                (typeof(VdaStringLengths), "maximumMessageLength", "msgLen"),
                (typeof(VdaStringLengths), "maximumIdLength", "idLen"),
                (typeof(VdaStringLengths), "maximumLoadIdLength", "loadIdLen"),
                (typeof(VdaTiming), "minimumOrderInterval", "minOrderInterval"),
                (typeof(VdaTiming), "minimumStateInterval", "minStateInterval"),
                (typeof(VdaProtocolFeatures), "mobileRobotActions", "agvActions"),
            ],
            [],
            [
                new WordConverter<OperatingMode>(
                    [OperatingMode.Unknown], (OperatingMode.SemiAutomatic, "SEMIAUTOMATIC"), (OperatingMode.TeachIn, "TEACHIN")),
                new WordConverter<VdaConnectionState>([], (VdaConnectionState.ConnectionBroken, "CONNECTIONBROKEN")),
                .. VdaSpelling.CommonWords,
            ],
            MendState));

    /// <summary>The published state schema leaves out PAUSED, which the text has (2.1.0, 6.11): conforming vehicles would break it.</summary>
    private static void MendState(JsonNode published) =>
        published["properties"]!["actionStates"]!["items"]!["properties"]!["actionStatus"]!["enum"]!.AsArray().Add("PAUSED");
}
