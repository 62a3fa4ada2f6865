using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Opening;

namespace Warehouse.Simulation.Runs;

/// <summary>Plays the outside: opens the house, then brings every item when its time has come, as often as it takes to be answered.</summary>
internal sealed class Intake(SimulatedHouse house, ImmutableArray<IntakeItem> items)
{
    private readonly SortedDictionary<OrderId, Task> placed = [];

    /// <summary>Orders to which the house said yes.</summary>
    public SortedSet<OrderId> Accepted { get; } = [];

    /// <summary>What the house said no to, and what is a case for a person, with reasons.</summary>
    public List<string> Exceptions { get; } = [];

    /// <summary>Say everything that opens the house; done when all of it is answered.</summary>
    public async Task Open(IEnumerable<OpeningCommand> commands)
    {
        var answers = commands.Select(async command => (command, await house.Tell(command.Target, command.Envelope))).ToArray();
        foreach (var (command, answer) in await Task.WhenAll(answers))
        {
            if (!answer.Accepted)
            {
                throw new InvalidOperationException($"{command.Target} refused to open: {answer.Reason}");
            }
        }
    }

    /// <summary>Bring all items; done when the last one is answered.</summary>
    public async Task Bring()
    {
        var under = new List<Task>();
        foreach (var item in items)
        {
            var wait = item.At.ToDateTimeOffset() - house.Scheduler.Clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, house.Scheduler.Clock);
            }

            under.Add(Bring(item));
        }

        await Task.WhenAll(under);
    }

    private Task Bring(IntakeItem item)
    {
        switch (item)
        {
            case IntakeItem.PlaceOrder it:
                return placed[it.Draft.Id] = Place(it);
            case IntakeItem.ReverseUnits it:
                return AfterItsOrder(it.Order, it.Envelope, $"reversal {it.Reversal}");
            case IntakeItem.CancelOrder it:
                return AfterItsOrder(it.Order, it.Envelope, $"cancellation of {it.Order}");
            case IntakeItem.ReceiveGoods it:
                return Tell(it.Warehouse.Stream, it.Envelope, $"receipt {it.Receipt}");
            case IntakeItem.Held it:
                Exceptions.Add($"reversal {it.ExternalId} line {it.Line}: {it.Quantity} units of {it.Sku} held, {it.Reason}");
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private async Task Place(IntakeItem.PlaceOrder item)
    {
        if (await Tell(item.Draft.Id.Stream, item.Envelope, $"order {item.Draft.Id}"))
        {
            Accepted.Add(item.Draft.Id);
        }
    }

    private async Task AfterItsOrder(OrderId order, Envelope envelope, string what)
    {
        await placed[order];
        await Tell(order.Stream, envelope, what);
    }

    private async Task<bool> Tell(StreamId target, Envelope envelope, string what)
    {
        var answer = await house.Tell(target, envelope);
        if (!answer.Accepted)
        {
            Exceptions.Add($"{what} refused: {answer.Reason}");
        }

        return answer.Accepted;
    }
}
