using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Dashboard.Board;
using Warehouse.Domain.Deciding;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Samples;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Silo.Demo;

/// <summary>
/// Keeps the floor moving once the sample is worked off: order number n is drawn from the seed and n alone, from the
/// sample's customers and goods, a few units a line. Numbers go on after the highest that the house knows.
/// </summary>
public sealed class FurtherOrders(
    WarehouseSettings settings, SampleFiles files, FloorBoard board, [FromKeyedServices(JournalHosting.WarehouseClock)] TimeProvider clock)
{
    /// <summary>The channel under which they come.</summary>
    public const string Channel = "demo";

    private const int MostLines = 8;
    private const int MostUnits = 4;
    private const double HourMilliseconds = 3_600_000;

    /// <summary>Submits one order after another, evenly over the hour, until stopped.</summary>
    public async Task Run(Func<IntakeItem, Task> submit, CancellationToken stop)
    {
        if (settings.Demo.FurtherOrdersPerHour == 0)
        {
            return;
        }

        var pause = TimeSpan.FromMilliseconds(HourMilliseconds / settings.Demo.FurtherOrdersPerHour);
        for (var number = board.HighestNumber(Channel) + 1; ; number++)
        {
            foreach (var item in Order(number))
            {
                await submit(item);
            }

            await Task.Delay(pause, clock, stop);
        }
    }

    private ImmutableArray<IntakeItem> Order(int number)
    {
        var id = number.ToString("000000", CultureInfo.InvariantCulture);
        var chance = new Chance((ulong)settings.Process.Seed).For($"order {id}");
        var customer = files.Orders[chance.Below(files.Orders.Length)];
        var lines = Enumerable.Range(1, 1 + chance.Below(MostLines))
            .Select(line => (Line: line, Product: files.Products[chance.Below(files.Products.Length)], Units: 1 + chance.Below(MostUnits)))
            .DistinctBy(drawn => drawn.Product.Sku);
        var rows = lines.Select(drawn => customer with
        {
            Channel = Channel,
            ExternalId = id,
            IsReversal = false,
            Line = drawn.Line,
            Sku = drawn.Product.Sku.Text,
            Quantity = drawn.Units,
            UnitPriceMinor = 100 + chance.Below(1_900),
            PlacedAt = Moment.Of(clock.GetUtcNow()),
            Payment = $"DEMO-{id}",
        });
        return SampleIntake.Of(files with { Orders = [.. rows] });
    }
}
