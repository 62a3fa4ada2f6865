using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Warehouses;
using static Warehouse.Domain.Tests.Orders.Sample;

namespace Warehouse.Domain.Tests.Orders;

/// <summary>Every command in every stage, decided on purpose: the events that follow, or the refusal after a '!'; '-' is yes and nothing.</summary>
public class OrderMatrixTests
{
    private static readonly Dictionary<string, Command> Commands = new(StringComparer.Ordinal)
    {
        ["place"] = Place,
        ["place another"] = new OrderCommand.Place(Draft with { Customer = "somebody else" }),
        ["cancel"] = Cancel,
        ["reverse"] = new OrderCommand.Reverse("C1", 1, 1, "ada"),
        ["retry"] = new OrderCommand.Retry(2),
        ["stale retry"] = new OrderCommand.Retry(1),
        ["ask again"] = new OrderCommand.AskAgain(OrderAsk.CloseSlot),
        ["released"] = Released,
        ["released elsewhere"] = Released with { Slot = 4 },
        ["picked"] = BagsPicked,
        ["short"] = BagsShort,
        ["collected"] = Collected,
        ["shipped"] = Shipped,
        ["return arrived"] = new OrderCommand.ReturnArrived("C1"),
        ["reserved"] = Reserved(1, Main, Mug, 5),
        ["lacked"] = Lacking(1, Main, Mug, 5),
        ["queue refused"] = From(Main.Stream, new WarehouseCommand.QueueOrder(Id, 0, Noon, []), Answer.No(WarehouseRefusal.NotOpen, "closed")),
        ["close refused"] = From(Station.Stream, new StationCommand.CloseSlot(Id), Answer.No(StationRefusal.Unknown, "not heard yet")),
        ["withdrawn"] = Withdrawn(),
        ["left queue"] = LeftQueue(),
    };

    /// <summary>Stage, then outcomes in the order of <see cref="Commands"/>.</summary>
    [Theory]
    [InlineData(
        OrderStage.None,
        "Placed AllocationStarted | Placed AllocationStarted | !Unknown | !Unknown | !Unknown | !Unknown | !Unknown | "
        + "!Unknown | !Unknown | !Unknown | !Unknown | !Unknown | !Unknown | !Unknown | "
        + "- | - | - | - | - | -")]
    [InlineData(
        OrderStage.Allocating,
        "- | !AnotherOrder | Cancelling | ReturnExpected | - | - | - | "
        + "!OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | - | "
        + "Held | Lacked | - | - | - | -")]
    [InlineData(
        OrderStage.AwaitingStock,
        "- | !AnotherOrder | Cancelling Cancelled | Reduced | AllocationStarted | - | - | "
        + "!OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | - | "
        + "- | - | - | - | - | -")]
    [InlineData(
        OrderStage.Allocated,
        "- | !AnotherOrder | Cancelling | ReturnExpected | - | - | - | "
        + "PickingBegun | PickingBegun | UnitsPicked | UnitsMissing | !OutOfPlace | !OutOfPlace | - | "
        + "- | - | AllocationUndone AllocationStarted | - | - | -")]
    [InlineData(
        OrderStage.Picking,
        "- | !AnotherOrder | Cancelling | ReturnExpected | - | - | - | "
        + "- | !OutOfPlace | UnitsPicked | UnitsMissing | !OutOfPlace | !OutOfPlace | - | "
        + "- | - | - | PutOff | - | -")]
    [InlineData(
        OrderStage.Packed,
        "- | !AnotherOrder | Cancelling | ReturnExpected | - | - | - | "
        + "- | !OutOfPlace | - | !OutOfPlace | - | Shipped | - | "
        + "- | - | - | - | - | -")]
    [InlineData(
        OrderStage.Shipped,
        "- | !AnotherOrder | !AlreadyShipped | ReturnExpected | - | - | - | "
        + "- | !OutOfPlace | - | !OutOfPlace | - | - | - | "
        + "- | - | - | - | - | -")]
    [InlineData(
        OrderStage.Cancelling,
        "- | !AnotherOrder | - | ReturnExpected | - | - | - | "
        + "- | !OutOfPlace | UnitsPicked | UnitsMissing | !OutOfPlace | !OutOfPlace | - | "
        + "- | - | - | - | Withdrawn | -")]
    [InlineData(
        OrderStage.Cancelled,
        "- | !AnotherOrder | !AlreadyOver | !AlreadyOver | - | - | - | "
        + "!OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | - | "
        + "- | - | - | - | - | -")]
    [InlineData(
        OrderStage.Closed,
        "!AnotherOrder | !AnotherOrder | !AlreadyOver | !NoSuchUnits | - | - | - | "
        + "!OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | !OutOfPlace | - | "
        + "- | - | - | - | - | -")]
    public void Each_command_in_each_stage_is_decided_on_purpose(OrderStage stage, string expected)
    {
        var decided = Commands.Values.Select(command => Outcome(stage, command)).ToArray();

        Assert.Equal(
            expected.Split(" | ").Zip(Commands.Keys, (outcome, name) => $"{name}: {outcome}"),
            decided.Zip(Commands.Keys, (outcome, name) => $"{name}: {outcome}"));
    }

    private static string Outcome(OrderStage stage, Command command)
    {
        var order = At(stage);
        var answer = order.Do(command, Noon);
        order.AssertRestorable();
        return !answer.Accepted ? "!" + answer.Cause!["OrderRefusal.".Length..]
            : order.Happened.Length == 0 ? "-"
            : order.Happened;
    }
}
