using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Silo.Intake;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Api;

/// <summary>What became of a file of orders.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Orders">Orders taken in, or known already.</param>
/// <param name="Reversals">Reversals handed to their orders.</param>
/// <param name="Held">Lines that a person has to look at, with the reason.</param>
public sealed record ImportReport(int Rows, int Orders, int Reversals, IReadOnlyList<string> Held);

/// <summary>Turns rows into what the house is asked to do, first checking all of them, then doing it in order.</summary>
public sealed class OrderImport(SampleFiles files, Catalogue catalogue, OrderIntake intake)
{
    private const int MaxProblems = 20;

    private readonly SampleMap _map = new(files.Geography, files.Floor);

    /// <summary>The items of the rows, or what is wrong with them. Nothing is done yet.</summary>
    public async Task<(ImmutableArray<IntakeItem> Items, ImmutableArray<FieldProblem> Problems)> Prepare(ImmutableArray<OrderRow> rows)
    {
        var (products, problems) = await catalogue.Resolve(rows, IsOnTheMap);
        return problems.IsEmpty
            ? (SampleIntake.Of(files with { Orders = rows, Products = products }), [])
            : ([], [.. problems.Take(MaxProblems)]);
    }

    /// <summary>Does it, one after another: a reversal must find the order before it.</summary>
    public async Task<ImportReport> Apply(int rows, ImmutableArray<IntakeItem> items)
    {
        var (orders, reversals) = (0, 0);
        var held = new List<string>();
        foreach (var item in items)
        {
            var answer = await intake.Submit(item);
            switch (item)
            {
                case IntakeItem.PlaceOrder place when answer.Accepted:
                    orders++;
                    break;
                case IntakeItem.PlaceOrder place:
                    held.Add($"order {place.Draft.ExternalId}: {answer.Reason}");
                    break;
                case IntakeItem.ReverseUnits when answer.Accepted:
                    reversals++;
                    break;
                case IntakeItem.ReverseUnits reverse:
                    held.Add($"reversal {reverse.Reversal}: {answer.Reason}");
                    break;
                case IntakeItem.Held one:
                    held.Add($"reversal {one.ExternalId}, line {one.Line}: {one.Reason}");
                    break;
            }
        }

        return new ImportReport(rows, orders, reversals, held);
    }

    /// <summary>Hands one item in.</summary>
    public Task<Answer> Submit(IntakeItem item) => intake.Submit(item);

    private bool IsOnTheMap(OrderRow row)
    {
        try
        {
            _map.Locate(row.Country, row.Postcode);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
