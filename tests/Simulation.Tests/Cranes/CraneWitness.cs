using Warehouse.Domain.Cranes;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Simulation.Plant;

namespace Warehouse.Simulation.Tests.Cranes;

/// <summary>
/// Stands beside the aisle and believes only what it sees: where the crane stands, whether its forks are out, what is on
/// them, and what stands in the racks. It knows nothing of jobs' decisions.
/// </summary>
public sealed class CraneWitness
{
    private readonly SortedDictionary<PlaceId, Lpn> before = [];
    private readonly SortedDictionary<string, int> carried = new(StringComparer.Ordinal);
    private CraneMotion? last;

    public CraneWitness(IReadOnlyDictionary<PlaceId, Lpn> standing) => Standing = standing;

    /// <summary>What must not be, as it was seen.</summary>
    public List<string> Seen { get; } = [];

    public int Motions { get; private set; }

    private IReadOnlyDictionary<PlaceId, Lpn> Standing { get; }

    /// <summary>The totes that must still be somewhere at the end.</summary>
    public void Begin()
    {
        foreach (var (place, lpn) in Standing)
        {
            before.Add(place, lpn);
        }
    }

    public void See(CraneMotion motion)
    {
        Motions++;
        var forksWereOut = last?.Step is CraneStep.ForkOut or CraneStep.Loaded or CraneStep.ForkIn;
        var arrived = last is not null && (last.AlongMillimetres, last.UpMillimetres) != (motion.AlongMillimetres, motion.UpMillimetres);
        if (arrived && (forksWereOut || last!.Step is not (CraneStep.ToPick or CraneStep.ToDrop)))
        {
            Seen.Add($"{motion.Job}: moved during {last!.Step}");
        }

        if (last?.Load is { } held && motion.Load is { } now && held != now)
        {
            Seen.Add($"{motion.Job}: {now} came onto the forks, where {held} was");
        }

        if (last?.Load is null && motion.Load is { } taken && carried.TryGetValue($"{motion.Job} {taken}", out var times) && times > 0)
        {
            Seen.Add($"{motion.Job}: took {taken} twice");
        }

        if (last?.Load is null && motion.Load is { } load)
        {
            carried[$"{motion.Job} {load}"] = 1;
        }

        if (motion.Step == CraneStep.Fault && motion.Load is null && last?.Step is CraneStep.Loaded or CraneStep.ForkOut)
        {
            Seen.Add($"{motion.Job}: grabbed at nothing");
        }

        last = motion;
    }

    /// <summary>At the end: every tote stands in one place or is on the forks, and where the books say.</summary>
    public void Finish(IReadOnlyDictionary<Lpn, PlaceId> book, IEnumerable<string> mishaps)
    {
        Seen.AddRange(mishaps);
        foreach (var lpn in before.Values)
        {
            var places = Standing.Where(one => one.Value == lpn).Select(one => one.Key).ToArray();
            if (places.Length != 1)
            {
                Seen.Add($"{lpn} stands in {places.Length} places" + (last?.Load == lpn ? " and is on the forks" : ""));
            }
            else if (!book.TryGetValue(lpn, out var said) || said != places[0])
            {
                Seen.Add($"{lpn} stands in {places[0]}, and the book says {(book.ContainsKey(lpn) ? book[lpn].Text : "nothing")}");
            }
        }
    }
}
