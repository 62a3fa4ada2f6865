namespace Warehouse.Devices.Links;

/// <summary>Waiting times that double from <paramref name="First"/> up to <paramref name="Longest"/>, each shortened by a drawn part of up to a half so that many clients do not come back together.</summary>
/// <param name="First">The undrawn first wait.</param>
/// <param name="Longest">The undrawn longest wait.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The wait before another try after <paramref name="failures"/> failures in a row (1 is the first).</summary>
    public TimeSpan After(int failures, Random chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var doublings = Math.Min(failures - 1, 30);
        var full = Math.Min(Longest.Ticks, First.Ticks > Longest.Ticks >> doublings ? Longest.Ticks : First.Ticks << doublings);
        return TimeSpan.FromTicks(full - chance.NextInt64((full / 2) + 1));
    }
}
