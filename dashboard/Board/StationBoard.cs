using Warehouse.Domain.Picking;

namespace Warehouse.Dashboard.Board;

/// <summary>One pick station: its slots, what is lit, which tote the picker has before them.</summary>
internal sealed class StationBoard(StationId station)
{
    private readonly SortedDictionary<int, SlotView> _slots = [];
    private readonly Dictionary<PickTaskId, int> _lit = [];
    private readonly List<string> _totes = [];
    private int _presses;

    /// <summary>The station as it is shown.</summary>
    public StationView View => new(
        station.Text, station.Text[..station.Text.IndexOf('/', StringComparison.Ordinal)], [.. _slots.Values], _totes.FirstOrDefault(), _presses);

    /// <summary>Takes in one event.</summary>
    public void Apply(StationEvent happened)
    {
        switch (happened)
        {
            case StationEvent.Opened e:
                Enumerable.Range(1, e.Slots).ToList().ForEach(slot => _slots[slot] = new SlotView(slot, null, null, null));
                break;
            case StationEvent.SlotOpened e:
                _slots[e.Slot] = new SlotView(e.Slot, e.Order.Text, e.Tote.Text, null);
                break;
            case StationEvent.SlotClosed e:
                _slots[e.Slot] = new SlotView(e.Slot, null, null, null);
                break;
            case StationEvent.SlotWithdrawn e:
                _slots[e.Slot] = new SlotView(e.Slot, null, null, null);
                break;
            case StationEvent.ToteArrived e:
                _totes.Add(e.Lpn.Text);
                break;
            case StationEvent.ToteDone e:
                _totes.Remove(e.Lpn.Text);
                break;
            case StationEvent.Lit e:
                Light(e.Task);
                break;
            case StationEvent.Confirmed e:
                Dark(e.Task, pressed: true);
                break;
            case StationEvent.ShortPicked e:
                Dark(e.Task, pressed: true);
                break;
            case StationEvent.PutOut e:
                Dark(e.Task, pressed: false);
                break;
        }
    }

    private void Light(PickTask task)
    {
        _lit[task.Id] = task.Slot;
        var shown = new LitView(task.Id.Text, task.Kind.ToString(), task.Demand?.Sku.Text, task.Demand?.Quantity ?? 0, task.From.Text);
        _slots[task.Slot] = Slot(task.Slot) with { Lit = shown };
    }

    private void Dark(PickTaskId task, bool pressed)
    {
        _presses += pressed ? 1 : 0;
        if (_lit.Remove(task, out var slot) && Slot(slot).Lit?.Task == task.Text)
        {
            _slots[slot] = Slot(slot) with { Lit = null };
        }
    }

    private SlotView Slot(int slot) => _slots.TryGetValue(slot, out var view) ? view : new SlotView(slot, null, null, null);
}
