using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Services;

/// <summary>DataChangeTrigger (Part 4, 7.22.2).</summary>
public enum DataChangeTrigger
{
    Status = 0, StatusValue = 1, StatusValueTimestamp = 2,
}

/// <summary>DeadbandType (Part 4, 7.22.2).</summary>
public enum DeadbandType : uint
{
    None = 0, Absolute = 1, Percent = 2,
}

/// <summary>FilterOperator (Part 4, 7.7.3).</summary>
public enum FilterOperator
{
    Equals = 0, IsNull = 1, GreaterThan = 2, LessThan = 3, GreaterThanOrEqual = 4, LessThanOrEqual = 5, Like = 6, Not = 7, Between = 8, InList = 9,
    And = 10, Or = 11, Cast = 12, InView = 13, OfType = 14, RelatedTo = 15, BitwiseAnd = 16, BitwiseOr = 17,
}

/// <summary>DataChangeFilter (Part 4, 7.22.2).</summary>
[BinaryEncoding(724)]
public sealed record DataChangeFilter(DataChangeTrigger Trigger, uint DeadbandType, double DeadbandValue);

/// <summary>EventFilter (Part 4, 7.22.3).</summary>
[BinaryEncoding(727)]
public sealed record EventFilter(SimpleAttributeOperand[] SelectClauses, ContentFilter WhereClause);

/// <summary>EventFilterResult (Part 4, 7.22.3).</summary>
[BinaryEncoding(736)]
public sealed record EventFilterResult(StatusCode[] SelectClauseResults, DiagnosticInfo[] SelectClauseDiagnosticInfos, ContentFilterResult WhereClauseResult);

/// <summary>ContentFilter (Part 4, 7.7).</summary>
public sealed record ContentFilter(ContentFilterElement[] Elements)
{
    /// <summary>Lets everything through.</summary>
    public static ContentFilter None { get; } = new([]);
}

/// <summary>ContentFilterElement (Part 4, 7.7.1).</summary>
public sealed record ContentFilterElement(FilterOperator FilterOperator, ExtensionObject[] FilterOperands);

/// <summary>ContentFilterResult (Part 4, 7.7.2).</summary>
public sealed record ContentFilterResult(ContentFilterElementResult[] ElementResults, DiagnosticInfo[] ElementDiagnosticInfos);

/// <summary>ContentFilterElementResult (Part 4, 7.7.2).</summary>
public sealed record ContentFilterElementResult(StatusCode StatusCode, StatusCode[] OperandStatusCodes, DiagnosticInfo[] OperandDiagnosticInfos);

/// <summary>ElementOperand (Part 4, 7.7.4.2).</summary>
[BinaryEncoding(594)]
public sealed record ElementOperand(uint Index);

/// <summary>LiteralOperand (Part 4, 7.7.4.3).</summary>
[BinaryEncoding(597)]
public sealed record LiteralOperand(Variant Value);

/// <summary>SimpleAttributeOperand (Part 4, 7.7.4.5).</summary>
[BinaryEncoding(603)]
public sealed record SimpleAttributeOperand(NodeId TypeDefinitionId, QualifiedName[] BrowsePath, AttributeId AttributeId, string? IndexRange)
{
    /// <summary>A field of an event, <c>ActiveState/Id</c>.</summary>
    public static SimpleAttributeOperand Field(string path, NodeId? type = null) =>
        new(type ?? Ids.BaseEventType, [.. path.Split('/').Select(QualifiedName.Parse)], AttributeId.Value, null);

    /// <summary>The condition's node (Part 9, 5.5.2).</summary>
    public static SimpleAttributeOperand ConditionId { get; } = new(Ids.ConditionType, [], AttributeId.NodeId, null);
}
