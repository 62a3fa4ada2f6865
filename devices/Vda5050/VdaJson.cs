using System.Text.Json.Serialization;

namespace Warehouse.Devices.Vda5050;

/// <summary>How the messages stand on the wire: camel case as in the schemas, optional fields left out when null, required ones asked for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(VdaOrder))]
[JsonSerializable(typeof(VdaState))]
[JsonSerializable(typeof(VdaConnection))]
[JsonSerializable(typeof(VdaInstantActions))]
[JsonSerializable(typeof(VdaVisualization))]
public sealed partial class VdaJson : JsonSerializerContext;
