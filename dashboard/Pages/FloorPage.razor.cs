using System.Globalization;
using Microsoft.AspNetCore.Components;
using Warehouse.Dashboard.Board;

namespace Warehouse.Dashboard.Pages;

/// <summary>The live page. It renders what the source knows, at most five times a second, and never two renders at once.</summary>
public sealed partial class FloorPage : IDisposable
{
    private const int TicksPerRender = 2;

    private FloorSnapshot? _floor;
    private Words _words = new(chinese: false);
    private string? _warehouse;
    private int _ticks;
    private int _rendering;

    /// <summary>The language: <c>zh</c>, or anything else for English.</summary>
    [Parameter]
    public string? Lang { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Source.Ticked -= Tick;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _floor = Source.Now;
        Source.Ticked += Tick;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _words = new Words(Lang == "zh");

    private void Tick()
    {
        if (Interlocked.Increment(ref _ticks) % TicksPerRender == 0 && Interlocked.CompareExchange(ref _rendering, 1, 0) == 0)
        {
            _ = InvokeAsync(Render);
        }
    }

    private void Render()
    {
        _floor = Source.Now;
        StateHasChanged();
        Volatile.Write(ref _rendering, 0);
    }

    private string? Shown(FloorSnapshot floor) => _warehouse ?? floor.Maps.FirstOrDefault()?.Warehouse;

    private static string Time(long unixMilliseconds, string format) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString(format, CultureInfo.InvariantCulture);

    private static string Kilograms(long grams) => (grams / 1000m).ToString("0.0", CultureInfo.InvariantCulture);
}
