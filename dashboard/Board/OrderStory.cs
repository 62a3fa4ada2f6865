using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;

namespace Warehouse.Dashboard.Board;

/// <summary>Where an order stands and why, told from its events alone: the page, the API and the exceptions list say the same.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Why">A sentence that a person understands.</param>
/// <param name="Since">When it came there.</param>
/// <param name="UnitsOrdered">Units of goods asked for, less what was taken back before picking.</param>
/// <param name="UnitsPicked">Units in the order's tote.</param>
/// <param name="Warehouse">Who ships it, once known.</param>
/// <param name="ReturnsOpen">Reversals whose goods still have to come back.</param>
public sealed record OrderStory(
    OrderStage Stage, string Why, Moment Since, int UnitsOrdered = 0, int UnitsPicked = 0, string Warehouse = "", int ReturnsOpen = 0)
{
    /// <summary>Before the first event.</summary>
    public static OrderStory None { get; } = new(OrderStage.None, "not placed", default);

    /// <summary>True when nothing more has to happen to it.</summary>
    public bool IsOver => Stage is OrderStage.Shipped or OrderStage.Cancelled or OrderStage.Closed;

    /// <summary>The story one event later. A telling, not a state: what does not matter to it changes nothing.</summary>
    public OrderStory After(OrderEvent happened, Moment at) => happened switch
    {
        OrderEvent.Placed e => To(OrderStage.Allocating, "taken in; stock is being looked for", at) with
        {
            UnitsOrdered = e.Draft.Lines.Sum(line => line.Quantity),
        },
        OrderEvent.AllocationStarted e => To(OrderStage.Allocating, $"asking {e.Warehouse} for stock, attempt {e.Attempt}", at) with
        {
            Warehouse = e.Warehouse.Text,
        },
        OrderEvent.StockAwaited e => To(OrderStage.AwaitingStock, $"{e.Reason}; asked again at {Clock(e.RetryAt)}", at),
        OrderEvent.Allocated e => To(OrderStage.Allocated, $"all units are held in {e.Warehouse}; waits for a free slot", at),
        OrderEvent.PickingBegun e => To(OrderStage.Picking, $"collected at {e.Station}, slot {e.Slot}", at),
        OrderEvent.UnitsPicked e => this with { UnitsPicked = UnitsPicked + e.Quantity },
        OrderEvent.UnitsMissing e => this with { Why = $"{e.Quantity} of {e.Sku} were not where the book said; asked for again" },
        OrderEvent.UnitsGivenUp e => this with { UnitsOrdered = UnitsOrdered - e.Quantity, Why = $"{e.Quantity} of {e.Sku} will not come: {e.Reason}" },
        OrderEvent.PickingFinished => this with { Why = "everything is in the tote; the slot is being closed" },
        OrderEvent.Packed e => To(OrderStage.Packed, $"in parcel {e.Sscc}; the carrier collects at {Clock(e.CollectAt)}", at),
        OrderEvent.Shipped e => To(OrderStage.Shipped, $"the carrier has parcel {e.Sscc}", e.At),
        OrderEvent.Reduced e => this with { UnitsOrdered = UnitsOrdered - e.Quantity },
        OrderEvent.ReturnExpected => this with { ReturnsOpen = ReturnsOpen + 1 },
        OrderEvent.ReturnReceived => this with { ReturnsOpen = ReturnsOpen - 1 },
        OrderEvent.Cancelling e => To(OrderStage.Cancelling, $"{e.Who} cancels: {e.Reason}", at),
        // What never left has nothing to send back.
        OrderEvent.Cancelled e => To(OrderStage.Cancelled, e.Reason, at) with { ReturnsOpen = 0 },
        OrderEvent.Closed e => To(OrderStage.Closed, e.Reason, at),
        _ => this,
    };

    private OrderStory To(OrderStage stage, string why, Moment at) => this with { Stage = stage, Why = why, Since = at };

    private static string Clock(Moment at) => at.ToDateTimeOffset().ToString("HH:mm", CultureInfo.InvariantCulture);
}
