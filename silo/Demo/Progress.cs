using System.Globalization;
using Warehouse.Dashboard.Board;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Demo;

/// <summary>One line on the console every few seconds: what the floor has done.</summary>
public sealed class Progress(WarehouseSettings settings, FloorBoard board) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Demo.ProgressSeconds == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.Demo.ProgressSeconds));
        var before = board.Appends;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var appends = board.Appends;
            Console.WriteLine(Line(board.Snapshot(), (appends - before) / settings.Demo.ProgressSeconds));
            before = appends;
        }
    }

    private static string Line(FloorSnapshot floor, long appends) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.FromUnixTimeMilliseconds(floor.Clock.Now):yyyy-MM-dd HH:mm}  placed {floor.Orders.Placed}  allocated {floor.Orders.Allocated}  picking {floor.Orders.Picking}  packed {floor.Orders.Packed}  shipped {floor.Orders.Shipped}  waiting {floor.Orders.AwaitingStock}  {floor.Orders.LinesLastHour} lines/h  {appends} appends/s");
}
