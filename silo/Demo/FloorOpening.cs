using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Warehouses;
using Warehouse.Journal;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Demo;

/// <summary>
/// Opens the demonstration's floors: products, machines, and the totes that stand in the racks. Every command has an id
/// that stays the same, so an opening that was cut off is simply said again; the warehouses come last, and once they are
/// open nothing is left to say.
/// </summary>
public sealed class FloorOpening(SampleFiles files, Journal.IRouter router, IJournalStore store)
{
    private const int AtOnce = 512;
    private const int SafetyShare = 12;
    private const int LeastSafetyStock = 3;

    /// <summary>Opens what is not open yet; false when everything was.</summary>
    public async Task<bool> Open(CancellationToken stop)
    {
        if (await IsOpen())
        {
            return false;
        }

        var commands = OpeningCommands.Of(files);
        await SendAll(commands.Where(command => !IsLast(command)).Concat(SafetyStock()), stop);
        await SendAll(commands.Where(IsLast), stop);
        return true;
    }

    private static bool IsLast(OpeningCommand command) => command.Envelope.Body is WarehouseCommand.Open;

    private async Task<bool> IsOpen()
    {
        foreach (var plan in files.Floor)
        {
            if ((await store.ReadStream(plan.Id.Stream, 0, 1)).Count == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An alarm when a twelfth of the opening stock is left.</summary>
    private IEnumerable<OpeningCommand> SafetyStock() =>
        from row in files.Stock
        group row.Quantity by (row.Warehouse, row.Sku) into totes
        let units = Math.Max(LeastSafetyStock, totes.Sum() / SafetyShare)
        select new OpeningCommand(
            StreamId.Of("stock", $"{totes.Key.Warehouse}/{totes.Key.Sku}"), Envelope.From("opening/safety", new StockCommand.SetSafetyStock(units)));

    /// <summary>Many streams at once; what one stream is told keeps its order.</summary>
    private async Task SendAll(IEnumerable<OpeningCommand> commands, CancellationToken stop)
    {
        foreach (var batch in commands.GroupBy(command => command.Target).Chunk(AtOnce))
        {
            stop.ThrowIfCancellationRequested();
            await Task.WhenAll(batch.Select(SendInOrder));
        }
    }

    private async Task SendInOrder(IEnumerable<OpeningCommand> commands)
    {
        foreach (var command in commands)
        {
            var answer = await router.Send(command.Target, command.Envelope);
            if (!answer.Accepted)
            {
                throw new InvalidOperationException($"{command.Target} does not open with {command.Envelope.Body}: {answer.Reason}");
            }
        }
    }
}
