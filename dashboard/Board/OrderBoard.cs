using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;

namespace Warehouse.Dashboard.Board;

/// <summary>
/// All orders, as far as the page and the lists need them: where each stands, and counts. Orders that are over are
/// counted and, beyond the latest of them, forgotten; the journal keeps them.
/// </summary>
internal sealed class OrderBoard
{
    private const int LatestShown = 30;
    private const int OverKept = 5_000;
    private const int MinutesCounted = 60;
    private const long Minute = 60_000;

    private readonly Dictionary<string, (OrderStory Story, OrderDraft Draft)> _orders = new(StringComparer.Ordinal);
    private readonly int[] _stages = new int[Enum.GetValues<OrderStage>().Length];
    private readonly Queue<string> _over = new();
    private readonly LinkedList<string> _latest = new();
    private readonly Dictionary<string, LinkedListNode<string>> _latestNodes = new(StringComparer.Ordinal);
    private readonly (long Minute, int Lines)[] _minutes = new (long, int)[MinutesCounted];
    private int _placed;
    private int _returnsOpen;
    private int _linesPicked;
    private long _unitsPicked;

    /// <summary>Takes in one event; true when the order's own row or a count changed.</summary>
    public void Apply(StreamId stream, OrderEvent happened, Moment at)
    {
        var (before, draft) = _orders.TryGetValue(stream.Key, out var known) ? known : (OrderStory.None, null!);
        if (happened is OrderEvent.Placed placed)
        {
            draft = placed.Draft;
            _placed++;
        }
        else if (draft is null)
        {
            return;
        }

        var after = before.After(happened, at);
        _orders[stream.Key] = (after, draft);
        Count(before, after);
        if (happened is OrderEvent.UnitsPicked picked)
        {
            CountLine(at, picked.Quantity);
        }

        if (after.Stage != before.Stage)
        {
            Touch(stream.Key);
            ForgetWhenOver(stream.Key, before, after);
        }
    }

    /// <summary>The counts now.</summary>
    public OrderCounts Counts(Moment now) => new(
        _placed, Of(OrderStage.Allocating), Of(OrderStage.AwaitingStock), Of(OrderStage.Allocated), Of(OrderStage.Picking), Of(OrderStage.Packed),
        Of(OrderStage.Shipped), Of(OrderStage.Cancelling), Of(OrderStage.Cancelled), Of(OrderStage.Closed), _returnsOpen, _linesPicked,
        LinesSince(now), _unitsPicked);

    /// <summary>The orders whose stage changed last, the newest first.</summary>
    public ImmutableArray<OrderView> Latest() => [.. _latest.Select(View)];

    /// <summary>Orders that wait for something that does not come by itself.</summary>
    public IEnumerable<ExceptionView> Stuck() =>
        _orders.Where(pair => pair.Value.Story.Stage is OrderStage.AwaitingStock or OrderStage.Cancelling)
            .Select(pair => new ExceptionView($"order:{pair.Key}", pair.Value.Story.Stage.ToString(), pair.Value.Story.Why, pair.Value.Story.Since.UnixMilliseconds));

    /// <summary>Orders in a stage.</summary>
    public IEnumerable<OrderView> In(OrderStage stage) =>
        _orders.Where(pair => pair.Value.Story.Stage == stage).Select(pair => View(pair.Key));

    /// <summary>The highest number among a channel's orders whose external id is one.</summary>
    public int HighestNumber(string channel) => _orders.Values
        .Where(order => order.Draft.Id.Text.StartsWith(channel + "/", StringComparison.Ordinal))
        .Select(order => int.TryParse(order.Draft.ExternalId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .DefaultIfEmpty(0).Max();

    private int Of(OrderStage stage) => _stages[(int)stage];

    private void Count(OrderStory before, OrderStory after)
    {
        _returnsOpen += after.ReturnsOpen - before.ReturnsOpen;
        if (before.Stage != after.Stage)
        {
            _stages[(int)before.Stage] -= before.Stage == OrderStage.None ? 0 : 1;
            _stages[(int)after.Stage]++;
        }
    }

    private void CountLine(Moment at, int units)
    {
        _linesPicked++;
        _unitsPicked += units;
        var minute = at.UnixMilliseconds / Minute;
        ref var cell = ref _minutes[minute % MinutesCounted];
        cell = cell.Minute == minute ? (minute, cell.Lines + 1) : (minute, 1);
    }

    private int LinesSince(Moment now)
    {
        var first = (now.UnixMilliseconds / Minute) - MinutesCounted;
        return _minutes.Where(cell => cell.Minute > first).Sum(cell => cell.Lines);
    }

    private void Touch(string key)
    {
        if (_latestNodes.TryGetValue(key, out var node))
        {
            _latest.Remove(node);
        }

        _latestNodes[key] = _latest.AddFirst(key);
        if (_latest.Count > LatestShown)
        {
            _latestNodes.Remove(_latest.Last!.Value);
            _latest.RemoveLast();
        }
    }

    private void ForgetWhenOver(string key, OrderStory before, OrderStory after)
    {
        if (!after.IsOver || before.IsOver)
        {
            return;
        }

        _over.Enqueue(key);
        while (_over.Count > OverKept && _over.TryDequeue(out var oldest))
        {
            if (!_latestNodes.ContainsKey(oldest) && _orders[oldest].Story is { IsOver: true, ReturnsOpen: 0 })
            {
                _orders.Remove(oldest);
            }
        }
    }

    private OrderView View(string key)
    {
        var (story, draft) = _orders[key];
        return new OrderView(
            key, draft.ExternalId, story.Stage.ToString(), story.Why, story.Since.UnixMilliseconds, draft.Lines.Length, story.UnitsOrdered,
            story.UnitsPicked, story.Warehouse);
    }
}
