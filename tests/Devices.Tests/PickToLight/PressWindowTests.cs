using Warehouse.Devices.PickToLight;

namespace Warehouse.Devices.Tests.PickToLight;

public sealed class PressWindowTests
{
    private readonly PressWindow _window = new();

    [Fact]
    public async Task A_repeat_is_not_held_while_the_first_is_being_made_durable()
    {
        var durable = new TaskCompletionSource<bool>();
        var first = _window.Once(Press(1), () => durable.Task);
        Assert.False(first.IsCompleted);
        for (var repeat = 0; repeat < 1_000; repeat++)
        {
            var again = _window.Once(Press(1), () => throw new InvalidOperationException("reported twice"));
            Assert.True(again.IsCompleted);
            Assert.False(await again);
        }

        durable.SetResult(true);
        Assert.True(await first);
        Assert.True(await _window.Once(Press(1), () => throw new InvalidOperationException("reported twice")));
    }

    [Fact]
    public async Task A_press_that_was_not_taken_is_reported_again()
    {
        Assert.False(await _window.Once(Press(1), () => Task.FromResult(false)));
        Assert.True(await _window.Once(Press(1), () => Task.FromResult(true)));
    }

    private static PickTagEvent Press(long seq) => new("MAIN/S1/000017", PickTagEventKind.Confirm, 2, seq, 1, "2026-03-02T06:00:00.000Z");
}
