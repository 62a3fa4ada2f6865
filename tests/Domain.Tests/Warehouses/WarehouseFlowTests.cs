using CsCheck;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Tests.Layout;
using Warehouse.Domain.Warehouses;

namespace Warehouse.Domain.Tests.Warehouses;

public sealed class WarehouseFlowTests
{
    [Fact]
    public void Whatever_comes_in_whatever_order_all_orders_are_picked_and_the_floor_comes_to_rest() =>
        Gen.Select(Plans, Gen.Int[0, 1_000_000], Gen.Int[1, 25]).Sample((plan, seed, orders) =>
        {
            var toy = new ToyFloor(plan, seed);
            var chance = new Random(seed);
            var cancelled = Stir(toy, chance, orders);
            toy.RunOut();

            Assert.Empty(toy.Floor.Orders);
            Assert.Empty(toy.Floor.Demands);
            Assert.Empty(toy.Floor.Totes);
            Assert.Empty(toy.Floor.Places);
            Assert.Equal(plan.Vehicles, toy.Floor.Idle.Count);
            Assert.All(toy.Floor.Vehicles.Values, vehicle => Assert.True(toy.Plan.IsHome(vehicle.At)));
            Assert.All(toy.Picked, one => Assert.True(one.Value > 0 || cancelled.Contains(one.Key), $"{one.Key} starved"));
            toy.Warehouse.AssertRestorable();
        }, iter: 60);

    [Fact]
    public void An_old_order_is_served_however_many_come_after_it()
    {
        var toy = new ToyFloor(FloorPlans.Small, 1);
        toy.Order("old", 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        for (var late = 0; late < 40; late++)
        {
            toy.Order($"late-{late}", 0, late % 20, (late + 7) % 20);
        }

        var oldest = toy.Released[0];
        var steps = 0;
        while (toy.Floor.Orders.ContainsKey(oldest))
        {
            Assert.True(toy.Step());
            steps++;
        }

        Assert.InRange(steps, 10, 400);
        Assert.NotEmpty(toy.Floor.Orders);
    }

    private static Gen<WarehousePlan> Plans { get; } =
        from sizes in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3])
        from places in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 2])
        from vehicles in Gen.Int[1, 6]
        select FloorPlans.Small with
        {
            Aisles = sizes.Item1,
            Stations = sizes.Item2,
            SlotsPerStation = sizes.Item3,
            DocksPerStation = places.Item1,
            OutPlacesPerAisle = places.Item2,
            InPlacesPerAisle = places.Item3,
            Vehicles = vehicles,
        };

    /// <summary>Orders, cancels, short picks and goods, between steps of the machines. Answers which orders were cancelled.</summary>
    private static HashSet<OrderId> Stir(ToyFloor toy, Random chance, int orders)
    {
        var cancelled = new HashSet<OrderId>();
        for (var number = 0; number < orders; number++)
        {
            toy.Order($"{number}", chance.Next(3), [.. Enumerable.Range(0, chance.Next(1, 5)).Select(_ => chance.Next(20)).Distinct()]);
            for (var steps = chance.Next(12); steps > 0 && toy.Step(); steps--)
            {
            }

            var open = toy.Floor.Orders.Keys.Where(id => toy.Floor.Orders[id].Station is null).Concat(toy.BeingCollected).ToList();
            if (open.Count > 0 && chance.Next(5) == 0)
            {
                var id = open[chance.Next(open.Count)];
                toy.Cancel(id);
                cancelled.Add(id);
            }
            else if (open.Count > 0 && chance.Next(5) == 0)
            {
                toy.More(open[chance.Next(open.Count)], chance.Next(20));
            }
            else if (chance.Next(5) == 0)
            {
                toy.Tell(new WarehouseCommand.ReceiveGoods($"R{number}", new("SKU1"), new("L2"), 5));
            }
        }

        return cancelled;
    }
}
