using Warehouse.OpcUa.Encoding;
using Warehouse.OpcUa.Services;
using Warehouse.OpcUa.Types;

namespace Warehouse.OpcUa.Server;

/// <summary>
/// Select clauses and where clauses of events (Part 4, 7.7 and 7.22.3). A where clause is evaluated with the specification's
/// three values; what is not a Boolean in the end lets nothing through.
/// </summary>
internal static class EventFilters
{
    public const int MostSelectClauses = 100;
    public const int MostElements = 50;

    /// <summary>Good when the filter can be used, else why not.</summary>
    public static StatusCode Check(EventFilter filter)
    {
        if (filter.SelectClauses.Length is 0 or > MostSelectClauses || filter.WhereClause.Elements.Length > MostElements)
        {
            return StatusCodes.BadEventFilterInvalid;
        }

        for (var i = 0; i < filter.WhereClause.Elements.Length; i++)
        {
            var element = filter.WhereClause.Elements[i];
            if (!Enum.IsDefined(element.FilterOperator) || element.FilterOperator is FilterOperator.InView or FilterOperator.RelatedTo or FilterOperator.Cast)
            {
                return StatusCodes.BadFilterOperatorUnsupported;
            }

            // An element may name only later ones: so there is no circle, and every evaluation ends.
            if (element.FilterOperands.Length is 0 or > MostElements
                || element.FilterOperands.Any(operand => operand.Body is not (LiteralOperand or SimpleAttributeOperand or ElementOperand))
                || element.FilterOperands.Any(operand => operand.Body is ElementOperand { Index: var index }
                    && (index <= i || index >= filter.WhereClause.Elements.Length)))
            {
                return StatusCodes.BadFilterOperandInvalid;
            }
        }

        return StatusCodes.Good;
    }

    public static Variant[] Select(EventFilter filter, ServerEvent occurrence) => [.. filter.SelectClauses.Select(clause => Field(clause, occurrence))];

    public static bool Passes(EventFilter filter, ServerEvent occurrence, AddressSpace space) =>
        filter.WhereClause.Elements.Length == 0 || Evaluate(filter.WhereClause, 0, occurrence, space, 0) is true;

    private static Variant Field(SimpleAttributeOperand clause, ServerEvent occurrence) => clause switch
    {
        { AttributeId: AttributeId.NodeId, BrowsePath.Length: 0 } => occurrence.ConditionId is { } id ? new Variant(id) : Variant.Null,
        { AttributeId: AttributeId.Value } => occurrence[string.Join('/', clause.BrowsePath.Select(name => name.Name))],
        _ => Variant.Null,
    };

    /// <summary>Elements evaluated for one event at most: naming one twice at each level would double the work each time.</summary>
    private const int MostSteps = 16;

    private static object? Evaluate(ContentFilter filter, int at, ServerEvent occurrence, AddressSpace space, int depth)
    {
        if (depth > MostSteps)
        {
            return null;
        }

        var element = filter.Elements[at];
        object? Operand(int index) => index >= element.FilterOperands.Length ? null : element.FilterOperands[index].Body switch
        {
            LiteralOperand literal => literal.Value.Value,
            SimpleAttributeOperand field => Field(field, occurrence).Value,
            ElementOperand other => Evaluate(filter, (int)other.Index, occurrence, space, depth + 1),
            _ => null,
        };
        return element.FilterOperator switch
        {
            FilterOperator.OfType => Operand(0) is NodeId type ? space.IsSubtype(occurrence.EventType, type) : null,
            FilterOperator.IsNull => Operand(0) is null,
            FilterOperator.Not => Operand(0) is bool truth ? !truth : null,
            FilterOperator.And => And(Operand(0) as bool?, Operand(1) as bool?),
            FilterOperator.Or => !And(!(Operand(0) as bool?), !(Operand(1) as bool?)),
            FilterOperator.Equals => Operand(0) is { } left && Operand(1) is { } right ? Same(left, right) : null,
            FilterOperator.GreaterThan => Compare(Operand(0), Operand(1)) > 0,
            FilterOperator.LessThan => Compare(Operand(0), Operand(1)) < 0,
            FilterOperator.GreaterThanOrEqual => Compare(Operand(0), Operand(1)) >= 0,
            FilterOperator.LessThanOrEqual => Compare(Operand(0), Operand(1)) <= 0,
            FilterOperator.Between => And(Compare(Operand(0), Operand(1)) >= 0, Compare(Operand(0), Operand(2)) <= 0),
            FilterOperator.InList => Operand(0) is { } wanted
                ? Enumerable.Range(1, element.FilterOperands.Length - 1).Any(index => Operand(index) is { } one && Same(wanted, one)) : null,
            FilterOperator.Like => Operand(0)?.ToString() is { } text && Operand(1) is string pattern ? Like.Matches(text, pattern) : null,
            FilterOperator.BitwiseAnd => Bits(Operand(0), Operand(1), (one, other) => one & other),
            FilterOperator.BitwiseOr => Bits(Operand(0), Operand(1), (one, other) => one | other),
            _ => null,
        };
    }

    private static bool? And(bool? left, bool? right) => left is false || right is false ? false : left is null || right is null ? null : true;

    private static bool Same(object left, object right) => Compare(left, right) is { } order ? order == 0
        : left is byte[] bytes && right is byte[] others ? bytes.AsSpan().SequenceEqual(others) : left.Equals(right);

    /// <summary>How two values compare; null when they do not.</summary>
    private static int? Compare(object? left, object? right)
    {
        if (left is string text && right is string other)
        {
            return string.CompareOrdinal(text, other);
        }

        if (left is DateTime time && right is DateTime later)
        {
            return time.CompareTo(later);
        }

        return left is IConvertible and not (string or DateTime) && right is IConvertible and not (string or DateTime)
            && Coercion.To(BuiltInType.Double, left) is double one && Coercion.To(BuiltInType.Double, right) is double two ? one.CompareTo(two) : null;
    }

    private static long? Bits(object? left, object? right, Func<long, long, long> operation) =>
        Coercion.To(BuiltInType.Int64, left) is long one && Coercion.To(BuiltInType.Int64, right) is long two ? operation(one, two) : null;
}
