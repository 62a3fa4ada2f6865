using System.Text;

namespace Warehouse.Simulation.Scheduling;

/// <summary>
/// All chance of a run comes from one seed through this generator (SplitMix64, Steele and others 2014): the same seed
/// gives the same draws on every machine and every version of .NET. Each purpose has a stream of its own, so that one
/// more draw in one place does not shift every other.
/// </summary>
public sealed class Chance
{
    private readonly ulong seed;
    private ulong state;

    /// <summary>The draws of a seed.</summary>
    public Chance(ulong seed)
    {
        this.seed = seed;
        state = seed;
    }

    /// <summary>A stream of draws for one purpose; it depends on the seed and the name, not on earlier draws.</summary>
    public Chance For(string purpose) => new(Digest.Of(Encoding.UTF8.GetBytes(purpose), Mixed(seed)));

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            return Mixed(state);
        }
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)Math.BigMul(Next(), (ulong)count, out _);
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times in a million.</summary>
    public bool Hits(int perMillion) => perMillion > 0 && Below(1_000_000) < perMillion;

    private static ulong Mixed(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
