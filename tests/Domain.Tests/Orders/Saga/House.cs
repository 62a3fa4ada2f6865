using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Tests.Orders.Saga;

/// <summary>
/// Orders, stocks, parcels and totes with a toy dispatcher: effects in order per (from, target), one at a time until
/// answered, pairs in any order; answers travel on their own; deadlines come when nothing else is ready, or earlier.
/// </summary>
internal sealed class House
{
    private readonly Random chance;
    private readonly SortedDictionary<(StreamId From, StreamId Target), Queue<Command>> pairs = [];
    private readonly SortedDictionary<(StreamId From, StreamId Target), Answer> answers = [];
    private readonly List<(Moment Due, StreamId Self, Command Body)> deadlines = [];
    private readonly SortedDictionary<WarehouseId, ToyFloor> floors = [];

    public House(int seed, params WarehouseId[] warehouses)
    {
        chance = new Random(seed);
        foreach (var warehouse in warehouses)
        {
            floors.Add(warehouse, new ToyFloor(warehouse, chance, Tell));
        }
    }

    public SortedDictionary<StreamId, Live<OrderState>> Orders { get; } = [];

    public SortedDictionary<StreamId, Live<StockState>> Stocks { get; } = [];

    public SortedDictionary<StreamId, Live<ToteState>> Totes { get; } = [];

    public SortedDictionary<StreamId, Live<ParcelState>> Parcels { get; } = [];

    public Moment Now { get; private set; } = Sample.Noon;

    /// <summary>Refusals that nobody should have met with.</summary>
    public List<string> Surprises { get; } = [];

    public Random Chance => chance;

    /// <summary>Does a command from outside.</summary>
    public Answer Do(StreamId target, Command command)
    {
        var (answer, effects) = Execute(target, command);
        foreach (var effect in effects)
        {
            if (effect.Due is { } due)
            {
                deadlines.Add((due, effect.Target, effect.Body));
            }
            else
            {
                Tell(target, effect.Target, effect.Body);
            }
        }

        return answer;
    }

    /// <summary>One thing happens, drawn by chance. False when all is quiet but for deadlines of orders that await stock.</summary>
    public bool Step()
    {
        var open = pairs.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key).ToArray();
        if (open.Length > 0 && chance.Next(5) > 0)
        {
            Move(open[chance.Next(open.Length)]);
            return true;
        }

        if (floors.Values.OrderBy(_ => chance.Next()).Any(floor => floor.Step()))
        {
            return true;
        }

        if (open.Length > 0)
        {
            Move(open[chance.Next(open.Length)]);
            return true;
        }

        return Wake();
    }

    /// <summary>Runs until nothing is left to do.</summary>
    public void Settle(int most)
    {
        while (Step())
        {
            Assert.True(most-- > 0, "the house does not come to rest: " + string.Join("; ", Orders.Values.Select(it => it.State.Reason)));
        }
    }

    private bool Wake()
    {
        var next = deadlines.Where(it => it.Body is not OrderCommand.Retry).OrderBy(it => it.Due).FirstOrDefault();
        if (next.Body is null)
        {
            return false;
        }

        Now = next.Due > Now ? next.Due : Now;
        deadlines.Remove(next);
        Do(next.Self, next.Body);
        return true;
    }

    /// <summary>Lets the deadline of an order that awaits stock come.</summary>
    public void RetryAll()
    {
        foreach (var (due, self, body) in deadlines.Where(it => it.Body is OrderCommand.Retry).ToArray())
        {
            Now = due > Now ? due : Now;
            deadlines.Remove((due, self, body));
            Do(self, body);
        }
    }

    private void Tell(StreamId from, StreamId target, Command command)
    {
        if (!pairs.TryGetValue((from, target), out var queue))
        {
            pairs[(from, target)] = queue = new Queue<Command>();
        }

        queue.Enqueue(command);
    }

    private void Move((StreamId From, StreamId Target) pair)
    {
        if (answers.Remove(pair, out var answer))
        {
            var sent = pairs[pair].Dequeue();
            if (pair.From.Noun is "order" or "stock" or "parcel" or "tote")
            {
                Do(pair.From, new Answered(pair.Target, sent, answer));
            }
        }
        else
        {
            var command = pairs[pair].Peek();
            var heard = Do(pair.Target, command);
            if (!heard.Accepted && command is not (StockCommand.Reserve or ParcelCommand.Void)
                && pair.Target.Noun is not ("warehouse" or "station"))
            {
                Surprises.Add($"{pair.From} -> {pair.Target}: {command}: {heard.Cause} {heard.Reason}");
            }

            answers.Add(pair, heard);
        }
    }

    private (Answer Answer, Effect[] Effects) Execute(StreamId target, Command command) => target.Noun switch
    {
        "order" => On(Orders, OrderDecider.Decider, target, command),
        "stock" => On(Stocks, StockDecider.Decider, target, command),
        "tote" => On(Totes, ToteDecider.Decider, target, command),
        "parcel" => On(Parcels, ParcelDecider.Decider, target, command),
        "warehouse" => (floors[new WarehouseId(target.Key)].Warehouse(command), []),
        _ => (floors[new WarehouseId(target.Key[..target.Key.IndexOf('/', StringComparison.Ordinal)])].Station(command), []),
    };

    private (Answer Answer, Effect[] Effects) On<TState>(
        SortedDictionary<StreamId, Live<TState>> all, Decider<TState> decider, StreamId target, Command command)
        where TState : class
    {
        if (!all.TryGetValue(target, out var live))
        {
            all[target] = live = new Live<TState>(decider);
        }

        var answer = live.Do(command, Now);
        return (answer, [.. live.Effects]);
    }
}
