using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Warehouse.Domain.Deciding;
using Warehouse.Silo.Api;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Intake;

/// <summary>
/// A file of orders, with the columns of <c>samples/orders.csv</c>. It is read as it comes in and judged whole: one
/// broken row refuses the file, named by row (the header is row 1), column and rule, and nothing of it is applied.
/// </summary>
public static class OrderCsv
{
    /// <summary>The columns, in this order.</summary>
    public static ImmutableArray<string> Columns { get; } =
    [
        "channel", "external_id", "kind", "line", "sku", "quantity", "unit_price_minor", "currency", "placed_at", "customer",
        "ship_name", "ship_street", "ship_city", "ship_postcode", "ship_country", "payment_reference",
    ];

    private const int MaxProblems = 20;

    /// <summary>The rows, or up to twenty problems.</summary>
    public static async Task<(ImmutableArray<OrderRow> Rows, ImmutableArray<FieldProblem> Problems)> Read(Stream body, CancellationToken stop)
    {
        using var csv = new CsvRows(body);
        var rows = ImmutableArray.CreateBuilder<OrderRow>();
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        var invoices = new Invoices();
        var number = 1;
        try
        {
            if (await csv.Next(stop) is not { } header || !header.SequenceEqual(Columns))
            {
                return ([], [new FieldProblem("header", $"the columns must be {string.Join(',', Columns)}", 1)]);
            }

            for (number = 2; problems.Count < MaxProblems && await csv.Next(stop) is { } fields; number++)
            {
                var found = Row(fields, out var row);
                found.AddRange(found.Count == 0 ? [.. OrderRules.Check(row!), .. invoices.Check(row!, number)] : []);
                rows.Add(row!);
                problems.AddRange(found.Select(problem => problem with { Row = number }));
            }
        }
        catch (FormatException broken)
        {
            problems.Add(new FieldProblem("row", broken.Message, number));
        }

        return (rows.ToImmutable(), problems.ToImmutable());
    }

    private static List<FieldProblem> Row(List<string> fields, out OrderRow? row)
    {
        if (fields.Count != Columns.Length)
        {
            row = null;
            return [new FieldProblem("row", $"has {fields.Count} fields, must have {Columns.Length}")];
        }

        var problems = new List<FieldProblem>();
        if (fields[2] is not ("order" or "reversal"))
        {
            problems.Add(new FieldProblem("kind", $"must be order or reversal, is '{OrderRules.Short(fields[2])}'"));
        }

        if (!DateTimeOffset.TryParse(fields[8], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var placed))
        {
            problems.Add(new FieldProblem("placed_at", $"must be an ISO 8601 time, is '{OrderRules.Short(fields[8])}'"));
        }

        row = new OrderRow(
            fields[0], fields[1], fields[2] == "reversal", (int)Number(fields, 3, int.MaxValue, problems), fields[4],
            (int)Number(fields, 5, int.MaxValue, problems), Number(fields, 6, long.MaxValue, problems), fields[7], Moment.Of(placed), fields[9],
            fields[10], fields[11], fields[12], fields[13], fields[14], fields[15]);
        return problems;
    }

    private static long Number(List<string> fields, int column, long most, List<FieldProblem> problems)
    {
        if (long.TryParse(fields[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= most)
        {
            return number;
        }

        problems.Add(new FieldProblem(Columns[column], $"must be a whole number of at most {most}, is '{OrderRules.Short(fields[column])}'"));
        return 0;
    }

    /// <summary>Rows of one invoice say the same of it, and each of its line numbers stands once.</summary>
    private sealed class Invoices
    {
        private readonly Dictionary<(string Channel, string ExternalId), (OrderRow Head, int Row)> _heads = [];
        private readonly Dictionary<(string Channel, string ExternalId, int Line), int> _lines = [];

        public List<FieldProblem> Check(OrderRow row, int number)
        {
            ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, (row.Channel, row.ExternalId), out var known);
            if (!known)
            {
                head = (HeadOf(row), number);
            }

            var problems = new List<FieldProblem>();
            if (known && HeadOf(row) != head.Head)
            {
                problems.Add(new FieldProblem("external_id", $"row {head.Row} says something else of the same invoice's kind, time, customer, address or payment"));
            }

            if (!_lines.TryAdd((row.Channel, row.ExternalId, row.Line), number))
            {
                problems.Add(new FieldProblem("line", $"row {_lines[(row.Channel, row.ExternalId, row.Line)]} is line {row.Line} of this invoice already"));
            }

            return problems;
        }

        private static OrderRow HeadOf(OrderRow row) => row with { Line = 0, Sku = "", Quantity = 0, UnitPriceMinor = 0 };
    }
}
