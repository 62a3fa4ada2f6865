using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;

namespace Warehouse.Domain.Layout;

/// <summary>What a plan must keep to be laid out. Limits follow from the ids: two digits for an aisle, three for a column.</summary>
public static class PlanRules
{
    /// <summary>Every rule that the plan breaks, each as a sentence that names the field and its bounds; empty when it is sound.</summary>
    public static ImmutableArray<string> Broken(WarehousePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var broken = ImmutableArray.CreateBuilder<string>();
        if (!GrainKey.IsPart(plan.Id.Text) || plan.Id.Text.Length > 16)
        {
            broken.Add("id must be one part of A-Z a-z 0-9 . _ - with at most 16 characters");
        }

        foreach (var (name, value, least, most) in Bounds(plan))
        {
            if (value < least || value > most)
            {
                broken.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{name} must be {least} to {most}, but is {value}"));
            }
        }

        return broken.ToImmutable();
    }

    private static ImmutableArray<(string Name, int Value, int Least, int Most)> Bounds(WarehousePlan plan) =>
    [
        ("latitudeMicrodegrees", plan.LatitudeMicrodegrees, -90_000_000, 90_000_000),
        ("longitudeMicrodegrees", plan.LongitudeMicrodegrees, -180_000_000, 180_000_000),
        ("aisles", plan.Aisles, 1, 40),
        ("columns", plan.Columns, 1, 200),
        ("levels", plan.Levels, 1, 50),
        ("stations", plan.Stations, 1, 20),
        ("slotsPerStation", plan.SlotsPerStation, 1, 48),
        ("docksPerStation", plan.DocksPerStation, 1, 48),
        ("vehicles", plan.Vehicles, 1, 99),
        ("outPlacesPerAisle", plan.OutPlacesPerAisle, 1, 9),
        ("inPlacesPerAisle", plan.InPlacesPerAisle, 1, 9),
        ("ssccBlock", plan.SsccBlock, 0, 999),
    ];
}
