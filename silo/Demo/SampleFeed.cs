using Warehouse.Domain.Deciding;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Intake;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Samples;

namespace Warehouse.Silo.Demo;

/// <summary>
/// Brings the sample's invoices in when their time comes on the floor's clock, one after another, since a reversal must
/// find the order before it. After a restart all that is past is said again: it changes nothing.
/// </summary>
public sealed partial class SampleFeed(
    WarehouseSettings settings, SampleFiles files, FloorOpening opening, FurtherOrders further, OrderIntake intake,
    [FromKeyedServices(JournalHosting.WarehouseClock)] TimeProvider clock, ILogger<SampleFeed> log) : IDisposable
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <summary>Done when the sample is in the house.</summary>
    public Task Done => _done.Task;

    /// <summary>Begins; returns at once.</summary>
    public void Start() => _running = Run(_stopping.Token);

    /// <summary>Takes nothing more in.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task Run(CancellationToken stop)
    {
        try
        {
            if (await Insist(() => opening.Open(stop), stop))
            {
                LogOpened(log, files.Floor.Length, files.Stock.Length, files.Products.Length);
            }

            if (settings.Demo.Orders)
            {
                foreach (var item in Items())
                {
                    await Until(item.At, stop);
                    await Insist(() => intake.Submit(item), stop);
                }
            }

            _done.TrySetResult();
            if (settings.Demo.Orders && !settings.Process.Once)
            {
                await further.Run(item => Insist(() => intake.Submit(item), stop), stop);
            }
        }
        catch (OperationCanceledException)
        {
            _done.TrySetCanceled(stop);
        }
    }

    private IEnumerable<IntakeItem> Items()
    {
        var items = SampleIntake.Of(files);
        return settings.Demo.MaxInvoices == 0 ? items : items.Take(settings.Demo.MaxInvoices);
    }

    private async Task Until(Moment at, CancellationToken stop)
    {
        var wait = at.Since(Moment.Of(clock.GetUtcNow()));
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock, stop);
        }
    }

    /// <summary>A call that failed says nothing about its outcome; the same id again is harmless.</summary>
    private async Task<T> Insist<T>(Func<Task<T>> call, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return await call();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(log, failure);
                await Task.Delay(TryAgain, TimeProvider.System, stop);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "opened {Floors} floors with {Totes} totes of {Products} products")]
    private static partial void LogOpened(ILogger log, int floors, int totes, int products);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the intake failed; the same is said again")]
    private static partial void LogFailed(ILogger log, Exception failure);
}
