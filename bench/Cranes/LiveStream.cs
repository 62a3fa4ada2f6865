using Warehouse.Domain.Cranes.Sequencing;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Bench.Cranes;

/// <summary>A queue of retrievals that keeps its length: as the crane ends one, the next arrives somewhere in the rack.</summary>
internal sealed class LiveStream
{
    private readonly Chance _chance;
    private readonly long _patience;
    private readonly int _one;
    private readonly List<WaitingRetrieval> _waiting;
    private readonly List<RackPoint> _open;
    private long _now;

    public LiveStream(ulong seed, int queue, int one)
    {
        _chance = new Chance(seed).For("live");
        _one = one;
        _patience = 3L * queue * one * 9 / 5;
        _open = [.. Enumerable.Range(0, 5).Select(_ => CraneBench.Point(_chance, one))];
        // The first queue came over the time that it takes to be done, the oldest first.
        _waiting = [.. Enumerable.Range(1, queue).Select(age => new WaitingRetrieval(CraneBench.Point(_chance, one), _patience - ((queue - age) * one * 9L / 5)))];
    }

    /// <summary>Does so many; gives the mean cycle, the longest wait as a part of the time that was given, and how many were late.</summary>
    public (double Mean, double Oldest, int Late) Run(int commands, bool inOrder)
    {
        var (oldest, late) = (0.0, 0);
        for (var command = 0; command < commands; command++)
        {
            var next = inOrder
                ? new DualCommand(0, 0)
                : LiveSequence.Next(default, [.. _waiting], [.. _open], Travel.Chebyshev, _now, 3L * _one);
            var (slot, wanted) = (_open[next.Slot], _waiting[next.Retrieval]);
            _now += Travel.Chebyshev(default, slot) + Travel.Chebyshev(slot, wanted.At) + Travel.Chebyshev(wanted.At, default);
            _open.RemoveAt(next.Slot);
            _open.Add(wanted.At);
            _waiting.RemoveAt(next.Retrieval);
            oldest = Math.Max(oldest, (_now - wanted.Due + _patience) / (double)_patience);
            late += _now > wanted.Due ? 1 : 0;
            _waiting.Add(new WaitingRetrieval(CraneBench.Point(_chance, _one), _now + _patience));
        }

        return (_now / (double)commands / _one, oldest, late);
    }
}
