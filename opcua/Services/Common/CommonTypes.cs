using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>EUInformation: a unit (Part 8, 5.6.4.3).</summary>
[BinaryEncoding(889, DataType = 887)]
public sealed record EUInformation(string? NamespaceUri, int UnitId, LocalizedText DisplayName, LocalizedText Description);

/// <summary>Range (Part 8, 5.6.2).</summary>
[BinaryEncoding(886, DataType = 884)]
public sealed record Range(double Low, double High);

/// <summary>EnumValueType (Part 3, 8.40).</summary>
[BinaryEncoding(8251, DataType = 7594)]
public sealed record EnumValueType(long Value, LocalizedText DisplayName, LocalizedText Description);

/// <summary>TimeZoneDataType (Part 3, 8.28).</summary>
[BinaryEncoding(8917, DataType = 8912)]
public sealed record TimeZoneDataType(short Offset, bool DaylightSavingInOffset);

/// <summary>ServerState (Part 5, 12.6).</summary>
public enum ServerState
{
    Running = 0, Failed = 1, NoConfiguration = 2, Suspended = 3, Shutdown = 4, Test = 5, CommunicationFault = 6, Unknown = 7,
}

/// <summary>BuildInfo (Part 5, 12.4).</summary>
[BinaryEncoding(340, DataType = 338)]
public sealed record BuildInfo(
    string? ProductUri, string? ManufacturerName, string? ProductName, string? SoftwareVersion, string? BuildNumber, DateTime BuildDate);

/// <summary>ServerStatusDataType (Part 5, 12.10).</summary>
[BinaryEncoding(864, DataType = 862)]
public sealed record ServerStatusDataType(
    DateTime StartTime, DateTime CurrentTime, ServerState State, BuildInfo BuildInfo, uint SecondsTillShutdown, LocalizedText ShutdownReason);

/// <summary>StructureField (Part 3, 8.51).</summary>
[BinaryEncoding(14844, DataType = 101)]
public sealed record StructureField(
    string? Name, LocalizedText Description, NodeId DataType, int ValueRank, uint[] ArrayDimensions, uint MaxStringLength, bool IsOptional);

/// <summary>StructureDefinition (Part 3, 8.48).</summary>
[BinaryEncoding(122, DataType = 99)]
public sealed record StructureDefinition(NodeId DefaultEncodingId, NodeId BaseDataType, StructureType StructureType, StructureField[] Fields);

/// <summary>EnumField (Part 3, 8.52).</summary>
[BinaryEncoding(14845, DataType = 102)]
public sealed record EnumField(long Value, LocalizedText DisplayName, LocalizedText Description, string? Name);

/// <summary>EnumDefinition (Part 3, 8.50).</summary>
[BinaryEncoding(123, DataType = 100)]
public sealed record EnumDefinition(EnumField[] Fields);
