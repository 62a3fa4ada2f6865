using System.Globalization;
using System.Text;
using System.Text.Json;
using Warehouse.Domain.Orders;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Opening;
using Warehouse.Simulation.Plant;
using Warehouse.Simulation.Samples;

namespace Warehouse.Simulation.Runs;

/// <summary>The whole sample on the deterministic scheduler: what <c>--simulate</c> prints.</summary>
public static class SampleDay
{
    /// <summary>The house of a long day without faults: no state of a vehicle gets lost, so none needs telling again every half minute.</summary>
    public static HouseOptions LongDay { get; } = new()
    {
        Plant = new PlantOptions { PoseEveryMilliseconds = 0, StateEveryMilliseconds = 600_000 },
    };

    /// <summary>Play the sample with this seed.</summary>
    public static DayResult Play(ulong seed, SampleFiles files, HouseOptions? options = null) =>
        new DayRun(seed, files, SampleIntake.Of(files), options ?? LongDay).Play();

    /// <summary>Everything that must not be, and every difference from what was expected; empty for a right day.</summary>
    public static IEnumerable<string> Wrong(DayResult result, JsonElement? expected = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Failures.Concat(expected is { } json ? Expected.Differences(json, "uci", result.Checker) : []);
    }

    /// <summary>The result as text. First and last line name seed and digest.</summary>
    /// <param name="result">The day.</param>
    /// <param name="expected">The JSON of <c>expected.py</c>, when there is one.</param>
    public static string Report(DayResult result, JsonElement? expected = null)
    {
        var text = new StringBuilder();
        var name = string.Create(CultureInfo.InvariantCulture, $"seed {result.Seed}, {result.Options}, digest {result.Digest}");
        text.AppendLine(name);
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Rows} appends, {result.Steps} turns, {result.Took} on the floor; came to rest: {result.Rested}");
        text.AppendLine(CultureInfo.InvariantCulture, $"busy: {result.Plant}");
        text.AppendLine(CultureInfo.InvariantCulture, $"balance: {result.Balance}");
        text.AppendLine(string.Join(", ", result.Checker.Orders.GroupBy(order => order.Stage).OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count()}"))));
        foreach (var (order, stage, reason) in result.Checker.Orders.Where(order => order.Stage != OrderStage.Shipped))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {order} {stage}: {reason}");
        }

        foreach (var exception in result.Exceptions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {exception}");
        }

        foreach (var (kind, times) in result.Fired)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  fault: {kind} {times}");
        }

        foreach (var failure in Wrong(result, expected))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"WRONG: {failure}");
        }

        return text.AppendLine(name).ToString();
    }
}
