using Warehouse.Domain.Deciding;
using Warehouse.Simulation.Plant;

namespace Warehouse.Simulation.Checking;

/// <summary>Compares the books with what is really on the floor, once nothing moves.</summary>
public static class FloorCheck
{
    /// <summary>Every difference becomes a finding of the checker.</summary>
    public static void Compare(VirtualPlant plant, JournalChecker checker)
    {
        foreach (var mishap in plant.Truth.Mishaps)
        {
            checker.Findings.Add(new Finding(0, new StreamId("floor:plant"), mishap));
        }

        foreach (var (place, lpn) in plant.Truth.Standing)
        {
            var booked = checker.PlaceOf(lpn);
            checker.Findings.Demand(booked is null || booked == place, lpn.Stream, $"stands at {place}, its book says {booked}");
        }

        foreach (var (task, units) in checker.Confirmed)
        {
            var pressed = plant.Truth.Pressed.TryGetValue(task.Text, out var real) ? real : 0;
            checker.Findings.Demand(pressed == units, new StreamId("station:" + task.Text[..task.Text.LastIndexOf('/')]),
                $"{task} was confirmed with {units}, hands moved {pressed}");
        }
    }
}
