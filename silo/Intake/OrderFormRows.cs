using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Warehouse.Domain.Deciding;
using Warehouse.Silo.Api;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Intake;

/// <summary>An order's form as the rows that a file would hold, so that both keep to the same rules; problems are named as in the form.</summary>
public static partial class OrderFormRows
{
    private const int MaxText = 120;

    /// <summary>What is wrong with the form by itself.</summary>
    public static ImmutableArray<FieldProblem> Check(OrderForm form)
    {
        if (form.ShipTo is null)
        {
            return [new FieldProblem("shipTo", "must be given")];
        }

        if (form.Lines is not { Count: > 0 and <= OrderRules.MaxLines })
        {
            return [new FieldProblem("lines", $"must hold 1 to {OrderRules.MaxLines} lines, holds {form.Lines?.Count ?? 0}")];
        }

        return
        [
            .. Of(form, default)
                .SelectMany((row, index) => OrderRules.Check(row).Select(problem => InJson(problem with { Row = index + 2 })))
                .Distinct(),
        ];
    }

    /// <summary>The form's rows, lines numbered from 1.</summary>
    public static ImmutableArray<OrderRow> Of(OrderForm form, Moment placedAt)
    {
        var to = form.ShipTo!;
        return
        [
            .. form.Lines!.Select((line, index) => new OrderRow(
                form.Channel ?? "", form.ExternalId ?? "", IsReversal: false, index + 1, line.Sku ?? "", line.Quantity, line.UnitPriceMinor,
                form.Currency ?? "", placedAt, form.Customer ?? "", to.Name ?? "", to.Street ?? "", to.City ?? "", to.Postcode ?? "",
                to.Country ?? "", form.PaymentReference ?? "")),
        ];
    }

    /// <summary>A problem of a row, as a problem of the form: sku in row 3 is lines[1].sku.</summary>
    public static FieldProblem InJson(FieldProblem problem) => problem.Field switch
    {
        "line" or "sku" or "quantity" or "unit_price_minor" => new FieldProblem($"lines[{problem.Row - 2}].{Camel(problem.Field)}", problem.Rule),
        var field when field.StartsWith("ship_", StringComparison.Ordinal) => new FieldProblem($"shipTo.{field[5..]}", problem.Rule),
        var field => new FieldProblem(Camel(field), problem.Rule),
    };

    /// <summary>What is wrong with a short text that a person gives.</summary>
    public static IEnumerable<FieldProblem> Text(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxText || text.Any(char.IsControl))
        {
            yield return new FieldProblem(field, $"must have 1 to {MaxText} printable characters");
        }
    }

    private static string Camel(string field) => Underscored().Replace(field, match => match.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex("_([a-z])")]
    private static partial Regex Underscored();
}
