using System.Text.Json;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Simulation.Checking;

namespace Warehouse.Simulation.Runs;

/// <summary>Compares a day with what <c>eng/samples/expected.py</c> works out from the files alone.</summary>
public static class Expected
{
    /// <summary>Every difference as a sentence; none is what we want.</summary>
    public static IEnumerable<string> Differences(JsonElement expected, string channel, JournalChecker checker)
    {
        var stages = checker.Orders.ToDictionary(order => order.Order, order => (order.Stage, order.Reason));
        foreach (var order in expected.GetProperty("orders").EnumerateObject())
        {
            var id = OrderId.Parse($"{channel}/{order.Name}");
            if (!stages.TryGetValue(id, out var stands))
            {
                yield return $"{id} is not in the journal";
                continue;
            }

            if (order.Value.GetProperty("mustShip").GetBoolean())
            {
                if (stands.Stage != OrderStage.Shipped)
                {
                    yield return $"{id} must ship and is {stands.Stage}: {stands.Reason}";
                    continue;
                }

                foreach (var difference in Units(order.Value, id, checker))
                {
                    yield return difference;
                }
            }
            else if (stands.Stage == OrderStage.AwaitingStock && stands.Reason.Length == 0)
            {
                yield return $"{id} waits without a reason";
            }
        }
    }

    private static IEnumerable<string> Units(JsonElement order, OrderId id, JournalChecker checker)
    {
        var kept = checker.Kept(id);
        var givenUp = checker.GivenUp(id);
        var net = order.GetProperty("lines").EnumerateArray()
            .GroupBy(line => line.GetProperty("sku").GetString()!, StringComparer.Ordinal)
            .ToDictionary(lines => Sku.Parse(lines.Key), lines => lines.Sum(line => line.GetProperty("net").GetInt64()));
        foreach (var (sku, units) in net)
        {
            var has = kept.GetValueOrDefault(sku) + givenUp.GetValueOrDefault(sku);
            if (has != units)
            {
                yield return $"{id} {sku}: {units} units should stay with the customer, {kept.GetValueOrDefault(sku)} do and {givenUp.GetValueOrDefault(sku)} were given up";
            }
        }
    }
}
