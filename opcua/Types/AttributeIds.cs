namespace Warehouse.OpcUa.Types;

/// <summary>The attributes of nodes by their numbers (Part 6, A.1).</summary>
public enum AttributeId : uint
{
    NodeId = 1, NodeClass = 2, BrowseName = 3, DisplayName = 4, Description = 5, WriteMask = 6, UserWriteMask = 7, IsAbstract = 8, Symmetric = 9,
    InverseName = 10, ContainsNoLoops = 11, EventNotifier = 12, Value = 13, DataType = 14, ValueRank = 15, ArrayDimensions = 16, AccessLevel = 17,
    UserAccessLevel = 18, MinimumSamplingInterval = 19, Historizing = 20, Executable = 21, UserExecutable = 22, DataTypeDefinition = 23,
    RolePermissions = 24, UserRolePermissions = 25, AccessRestrictions = 26, AccessLevelEx = 27,
}

/// <summary>The kinds of nodes (Part 3, 8.29).</summary>
[Flags]
public enum NodeClass
{
    Unspecified = 0, Object = 1, Variable = 2, Method = 4, ObjectType = 8, VariableType = 16, ReferenceType = 32, DataType = 64, View = 128,
}

/// <summary>Nodes of namespace 0 that this stack names (Part 6, A.3).</summary>
public static class Ids
{
    public static readonly NodeId References = new(31), HierarchicalReferences = new(33), HasChild = new(34), Organizes = new(35), HasEventSource = new(36),
        HasEncoding = new(38), HasDescription = new(39), HasTypeDefinition = new(40), GeneratesEvent = new(41), Aggregates = new(44), HasSubtype = new(45),
        HasProperty = new(46), HasComponent = new(47), HasNotifier = new(48), HasOrderedComponent = new(49);

    public static readonly NodeId RootFolder = new(84), ObjectsFolder = new(85), TypesFolder = new(86), ViewsFolder = new(87), Server = new(2253),
        ServerArray = new(2254), NamespaceArray = new(2255), ServerStatus = new(2256), ServiceLevel = new(2267), ServerCapabilities = new(2268),
        BaseObjectType = new(58), FolderType = new(61), BaseVariableType = new(62), BaseDataVariableType = new(63), PropertyType = new(68),
        BaseEventType = new(2041), ConditionType = new(2782), AcknowledgeableConditionType = new(2881), AlarmConditionType = new(2915),
        ConditionRefresh = new(3875), ConditionRefresh2 = new(12912), Acknowledge = new(9111), Confirm = new(9113), AddComment = new(9029),
        Enable = new(9027), Disable = new(9028), RefreshStartEventType = new(2787), RefreshEndEventType = new(2788),
        Structure = new(22), Enumeration = new(29), Union = new(12756);
}
