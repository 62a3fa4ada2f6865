using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>What a vehicle says of its type (topic factsheet, on request): only what we go by. A limit of 0 is no limit.</summary>
public sealed record VdaFactsheet(
    uint HeaderId, string Timestamp, string Version, string Manufacturer, string SerialNumber,
    VdaProtocolLimits? ProtocolLimits = null, VdaProtocolFeatures? ProtocolFeatures = null,
    VdaTypeSpecification? TypeSpecification = null) : IVdaMessage;

/// <summary>How much the vehicle can take.</summary>
public sealed record VdaProtocolLimits(
    VdaStringLengths? MaximumStringLengths = null, VdaArrayLengths? MaximumArrayLengths = null, VdaTiming? Timing = null);

/// <summary>Characters of texts.</summary>
public sealed record VdaStringLengths(
    int? MaximumMessageLength = null, int? MaximumIdLength = null, bool? IdNumericalOnly = null, int? MaximumLoadIdLength = null);

/// <summary>Elements of arrays.</summary>
public sealed record VdaArrayLengths(
    [property: JsonPropertyName("order.nodes")] int? OrderNodes = null,
    [property: JsonPropertyName("order.edges")] int? OrderEdges = null,
    [property: JsonPropertyName("node.actions")] int? NodeActions = null,
    [property: JsonPropertyName("actions.actionsParameters")] int? ActionParameters = null,
    [property: JsonPropertyName("instantActions")] int? InstantActions = null);

/// <summary>Seconds between messages.</summary>
public sealed record VdaTiming(decimal? MinimumOrderInterval = null, decimal? MinimumStateInterval = null);

/// <summary>What it can do.</summary>
public sealed record VdaProtocolFeatures(ImmutableArray<VdaActionFeature>? MobileRobotActions = null);

/// <summary>An action that it knows.</summary>
public sealed record VdaActionFeature(string ActionType);

/// <summary>Of which type it is.</summary>
public sealed record VdaTypeSpecification(string? SeriesName = null);
