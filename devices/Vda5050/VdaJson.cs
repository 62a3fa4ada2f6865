using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>The shapes of all messages; <see cref="VdaDialect"/> says how a version spells them.</summary>
[JsonSerializable(typeof(VdaOrder))]
[JsonSerializable(typeof(VdaInstantActions))]
[JsonSerializable(typeof(VdaState))]
[JsonSerializable(typeof(VdaConnection))]
[JsonSerializable(typeof(VdaVisualization))]
[JsonSerializable(typeof(VdaFactsheet))]
[JsonSerializable(typeof(VdaZoneSetMessage))]
[JsonSerializable(typeof(VdaResponses))]
internal sealed partial class VdaJson : JsonSerializerContext;
