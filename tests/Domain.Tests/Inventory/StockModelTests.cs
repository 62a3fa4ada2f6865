using System.Globalization;
using CsCheck;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Tests.Running;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Tests.Inventory;

/// <summary>Random lists of commands against a model that is nothing but sums in dictionaries.</summary>
public class StockModelTests
{
    private static readonly Gen<(int Kind, int A, int B, int Quantity)[]> Scripts =
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[1, 12]).Array[1, 60];

    [Fact]
    public void Stock_agrees_with_sums_in_dictionaries_whatever_is_asked_of_it() =>
        Scripts.Sample(Run, iter: 3_000, print: Show);

    private static void Run((int Kind, int A, int B, int Quantity)[] script)
    {
        var stock = new Live<StockState>(StockDecider.Decider);
        var model = new Model();
        var step = 0;
        foreach (var (kind, a, b, quantity) in script)
        {
            var command = Command(stock.State, kind, a, b, quantity, step++);
            var expected = model.Accepts(command);
            var answer = stock.Do(command);

            Assert.True(expected == answer.Accepted, $"{command}: {answer.Accepted} {answer.Reason}, the model says {expected}");
            if (answer.Accepted)
            {
                model.Apply(command, answer);
            }

            StockBook.Recount(stock.State);
            Assert.Equal(model.OnHandByTote(), OnHandByTote(stock.State));
            Assert.Equal(model.Available, stock.State.Available);
        }

        stock.AssertRestorable();
    }

    /// <summary>A command of a kind. Picks and shortages aim at what is held, so that most of them hit.</summary>
    private static StockCommand Command(StockState state, int kind, int a, int b, int quantity, int step)
    {
        var reservation = new ReservationId($"uci/{a}/{b}");
        var order = new OrderId($"uci/{a}");
        var lot = new LotId($"L{b % 2}");
        var lpn = new Lpn($"T{a}");
        var aisle = new AisleId("MAIN/A01");
        var held = state.Reservations.Skip(a % Math.Max(1, state.Reservations.Count)).Select(it => (it.Key, it.Value.Remaining[0])).FirstOrDefault();
        return kind switch
        {
            0 or 1 => new StockCommand.Receive($"r{step % 17}", new("MAIN"), new("SKU"), lot, lpn, aisle, quantity),
            2 or 3 => new StockCommand.Reserve(reservation, order, quantity),
            4 => new StockCommand.Release(reservation),
            5 => new StockCommand.Reduce(reservation, quantity),
            6 when held.Item2 is { } at => new StockCommand.Pick(held.Key, at.Lpn, at.Lot, Math.Min(quantity, at.Quantity + (b == 3 ? 1 : 0))),
            7 when held.Item2 is { } at => new StockCommand.Short(held.Key, at.Lpn, at.Lot, Math.Min(quantity, at.Quantity)),
            8 => new StockCommand.PutBack(order, new Lpn($"P{a}"), aisle, lot, quantity),
            9 => new StockCommand.Ship(order, [new LotQuantity(lot, quantity)]),
            10 => b < 2
                ? new StockCommand.Return($"back{step % 13}", order, new Lpn("RETURNS-MAIN"), lot, quantity)
                : new StockCommand.Adjust($"count{step % 13}", lpn, lot, b == 2 ? -quantity : quantity, "counted", "ada"),
            _ => new StockCommand.SetSafetyStock(quantity),
        };
    }

    private static string OnHandByTote(StockState state) => string.Join(
        " ",
        state.Totes.SelectMany(tote => tote.Value.Lots.Select(lot => $"{tote.Key}/{lot.Lot}={lot.OnHand}")).Order(StringComparer.Ordinal));

    private static string Show((int Kind, int A, int B, int Quantity)[] script) =>
        string.Join(", ", script.Select(it => it.ToString()));

    private sealed class Model
    {
        private readonly Dictionary<(string Lpn, string Lot), int> onHand = [];
        private readonly Dictionary<string, (OrderId Order, int Asked, Dictionary<(string Lpn, string Lot), int> Held)> open = [];
        private readonly HashSet<string> over = [];
        private readonly HashSet<string> seen = [];
        private readonly Dictionary<(string Order, string Lot), int> picked = [];
        private readonly Dictionary<string, int> shipped = [];

        public long Available =>
            onHand.Where(it => it.Key.Lpn != "RETURNS-MAIN").Sum(it => it.Value) - open.Values.Sum(it => it.Held.Values.Sum());

        public string OnHandByTote() => string.Join(
            " ",
            onHand.Where(it => it.Value > 0)
                .Select(it => string.Create(CultureInfo.InvariantCulture, $"{it.Key.Lpn}/{it.Key.Lot}={it.Value}"))
                .Order(StringComparer.Ordinal));

        public bool Accepts(StockCommand command) => command switch
        {
            StockCommand.Receive or StockCommand.Release or StockCommand.SetSafetyStock => true,
            StockCommand.Reserve it => open.TryGetValue(it.Reservation.Text, out var known)
                ? known.Order == it.Order && known.Asked == it.Quantity
                : !over.Contains(it.Reservation.Text) && it.Quantity <= Available,
            StockCommand.Reduce it => open.TryGetValue(it.Reservation.Text, out var held) && held.Held.Values.Sum() >= it.Quantity,
            StockCommand.Pick it => open[it.Reservation.Text].Held.GetValueOrDefault((it.Lpn.Text, it.Lot.Text)) >= it.Quantity,
            StockCommand.Short => true,
            StockCommand.PutBack it => picked.GetValueOrDefault((it.Order.Text, it.Lot.Text)) >= it.Quantity,
            StockCommand.Ship it => picked.GetValueOrDefault((it.Order.Text, it.Lots[0].Lot.Text)) >= it.Lots[0].Quantity,
            StockCommand.Return it => seen.Contains(it.Receipt) || shipped.GetValueOrDefault(it.Lot.Text) >= it.Quantity,
            StockCommand.Adjust it => seen.Contains(it.Id) || Corrects(it),
            _ => throw new ArgumentException($"{command}"),
        };

        public void Apply(StockCommand command, Answer answer)
        {
            switch (command)
            {
                case StockCommand.Receive it when seen.Add(it.Receipt):
                    Add(onHand, (it.Lpn.Text, it.Lot.Text), it.Quantity);
                    break;
                case StockCommand.Reserve it when !open.ContainsKey(it.Reservation.Text):
                    var picks = ((ReservedFrom)answer.Detail!).Picks;
                    Assert.Equal(it.Quantity, picks.Sum(pick => pick.Quantity));
                    open[it.Reservation.Text] = (it.Order, it.Quantity, picks.ToDictionary(pick => (pick.Lpn.Text, pick.Lot.Text), pick => pick.Quantity));
                    break;
                case StockCommand.Release it:
                    open.Remove(it.Reservation.Text);
                    over.Add(it.Reservation.Text);
                    break;
                case StockCommand.Reduce it:
                    Reduce(it);
                    break;
                case StockCommand.Pick it:
                    Add(onHand, (it.Lpn.Text, it.Lot.Text), -it.Quantity);
                    Add(picked, (open[it.Reservation.Text].Order.Text, it.Lot.Text), it.Quantity);
                    Lessen(it.Reservation.Text, (it.Lpn.Text, it.Lot.Text), it.Quantity);
                    break;
                case StockCommand.Short it:
                    Add(onHand, (it.Lpn.Text, it.Lot.Text), -it.Missing);
                    Lessen(it.Reservation.Text, (it.Lpn.Text, it.Lot.Text), it.Missing);
                    break;
                case StockCommand.PutBack it:
                    Add(onHand, (it.Lpn.Text, it.Lot.Text), it.Quantity);
                    Add(picked, (it.Order.Text, it.Lot.Text), -it.Quantity);
                    break;
                case StockCommand.Ship it:
                    Add(picked, (it.Order.Text, it.Lots[0].Lot.Text), -it.Lots[0].Quantity);
                    Add(shipped, it.Lots[0].Lot.Text, it.Lots[0].Quantity);
                    break;
                case StockCommand.Return it when seen.Add(it.Receipt):
                    Add(onHand, (it.Lpn.Text, it.Lot.Text), it.Quantity);
                    Add(shipped, it.Lot.Text, -it.Quantity);
                    break;
                case StockCommand.Adjust it when seen.Add(it.Id):
                    Add(onHand, (it.Lpn.Text, it.Lot.Text), it.Delta);
                    break;
            }
        }

        /// <summary>Which totes a reservation gives back when it gets smaller is stock's choice: the last ones.</summary>
        private void Reduce(StockCommand.Reduce it)
        {
            var rest = open[it.Reservation.Text].Held;
            var left = it.Quantity;
            foreach (var at in rest.Keys.Reverse().ToArray())
            {
                var units = Math.Min(left, rest[at]);
                left -= units;
                Lessen(it.Reservation.Text, at, units);
            }
        }

        private bool Corrects(StockCommand.Adjust it)
        {
            var at = (it.Lpn.Text, it.Lot.Text);
            var held = open.Values.Sum(reservation => reservation.Held.GetValueOrDefault(at));
            return onHand.Any(known => known.Key.Lpn == it.Lpn.Text && known.Value > 0)
                && onHand.GetValueOrDefault(at) - held + it.Delta >= 0;
        }

        private void Lessen(string reservation, (string, string) at, int quantity)
        {
            var rest = open[reservation].Held;
            Add(rest, at, -quantity);
            if (rest[at] == 0)
            {
                rest.Remove(at);
            }

            if (rest.Count == 0)
            {
                open.Remove(reservation);
                over.Add(reservation);
            }
        }

        private static void Add<TKey>(Dictionary<TKey, int> sums, TKey key, int units) where TKey : notnull =>
            sums[key] = sums.GetValueOrDefault(key) + units;
    }
}
