using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Warehouses;

/// <summary>
/// A warehouse whose cranes, vehicles and stations answer as they should, each in its own order, but interleaved by a
/// seed. Everything is counted again after each step.
/// </summary>
internal sealed class ToyFloor
{
    private readonly Random chance;
    private readonly SortedDictionary<string, Queue<WarehouseCommand>> news = new(StringComparer.Ordinal);
    private readonly SortedDictionary<OrderId, (StationId Station, int Slot, Lpn Tote, int Open)> collected = [];

    public ToyFloor(WarehousePlan plan, int seed)
    {
        chance = new(seed);
        Plan = FloorPlan.Of(plan);
        Tell(new WarehouseCommand.Open(plan, Plan.Aisles.ToImmutableSortedDictionary(aisle => aisle, _ => 10)));
    }

    public FloorPlan Plan { get; }

    public Live<WarehouseState> Warehouse { get; } = new(WarehouseDecider.Decider);

    public WarehouseState Floor => Warehouse.State;

    /// <summary>Orders as they were released.</summary>
    public List<OrderId> Released { get; } = [];

    /// <summary>Units that stations were told to pick, by order.</summary>
    public SortedDictionary<OrderId, int> Picked { get; } = [];

    /// <summary>A tote of the opening stock; ten stand in each aisle.</summary>
    public TotePick Tote(int number, int quantity) =>
        new(new($"T{number:000}"), Plan.Aisles[number % Plan.Aisles.Length], new("L1"), quantity);

    /// <summary>An order of one unit of each of these totes.</summary>
    public void Order(string name, int priority, params int[] totes)
    {
        var id = new OrderId("t/" + name);
        Picked.TryAdd(id, 0);
        Tell(new WarehouseCommand.QueueOrder(
            id, priority, new(name.Length), [.. totes.Select(tote => Pick(id, tote))]));
    }

    public ReleasePick Pick(OrderId order, int tote) => new(new(order + "/1"), new($"SKU{tote}"), Tote(tote, 1));

    /// <summary>More picks for an order; it is collected until those are in, too.</summary>
    public void More(OrderId id, int tote)
    {
        if (collected.TryGetValue(id, out var slot))
        {
            collected[id] = slot with { Open = slot.Open + 1 };
        }

        Tell(new WarehouseCommand.AddPicks(id, [Pick(id, tote)]));
    }

    /// <summary>Cancels an order wherever it is, as the order's saga does.</summary>
    public void Cancel(OrderId id)
    {
        if (collected.Remove(id, out var slot))
        {
            Tell(new WarehouseCommand.PutAway(slot.Tote, FloorPlan.Slot(slot.Station, slot.Slot)));
            Tell(new WarehouseCommand.DropOrder(id));
        }
        else
        {
            Tell(new WarehouseCommand.Withdraw(id));
        }
    }

    public IEnumerable<OrderId> BeingCollected => collected.Where(one => one.Value.Open > 0).Select(one => one.Key);

    public Answer Tell(WarehouseCommand command)
    {
        var answer = Warehouse.Do(command);
        WarehouseInvariants.Recount(Floor);
        foreach (var effect in Warehouse.Effects)
        {
            Hear(effect);
        }

        return answer;
    }

    /// <summary>One machine's next news; false when none has any.</summary>
    public bool Step()
    {
        var ready = news.Where(one => one.Value.Count > 0).Select(one => one.Value).ToList();
        if (ready.Count == 0)
        {
            return false;
        }

        var answer = Tell(ready[chance.Next(ready.Count)].Dequeue());
        Assert.True(answer.Accepted, answer.Reason);
        return true;
    }

    public void RunOut()
    {
        for (var steps = 0; Step(); steps++)
        {
            Assert.True(steps < 100_000, "the floor never comes to rest");
        }
    }

    private void Hear(Effect effect)
    {
        var source = effect.Target.Text;
        switch (effect.Body)
        {
            case OrderCommand.Released released:
                var order = OrderId.Parse(effect.Target.Key);
                Released.Add(order);
                collected[order] = (released.Station, released.Slot, released.Tote, Floor.Orders[order].Picks.Length);
                break;
            case CraneCommand.Retrieve retrieve:
                Say(source, new WarehouseCommand.ToteOut(new(effect.Target.Key), retrieve.Lpn, retrieve.Out));
                break;
            case CraneCommand.Store store:
                Say(source, new WarehouseCommand.ToteStored(new(effect.Target.Key), store.Lpn, store.In, store.In));
                break;
            case AgvCommand.Carry carry:
                for (var leg = 0; leg < carry.Legs.Length; leg++)
                {
                    Say(source, new WarehouseCommand.LegDone(new(effect.Target.Key), carry.Mission, leg, carry.Legs[leg].Place));
                }

                break;
            case StationCommand.Present present:
                Present(effect.Target, present);
                break;
            default:
                break;
        }
    }

    private void Present(StreamId station, StationCommand.Present present)
    {
        Say(station.Text, new WarehouseCommand.ToteDone(new(station.Key), present.Lpn));
        foreach (var demand in present.Demands)
        {
            if (collected.TryGetValue(demand.Order, out var slot))
            {
                Picked[demand.Order]++;
                collected[demand.Order] = slot with { Open = slot.Open - 1 };
                if (slot.Open == 1)
                {
                    collected.Remove(demand.Order);
                    Say(station.Text, new WarehouseCommand.SlotFreed(slot.Station, slot.Slot, demand.Order));
                }
            }
        }
    }

    private void Say(string source, WarehouseCommand command)
    {
        news.TryAdd(source, new());
        news[source].Enqueue(command);
    }
}
