using Warehouse.Devices.Links.Mqtt;

namespace Warehouse.Devices.Tests.Links;

public sealed class InFlightTests
{
    [Fact]
    public void Slots_are_given_in_order_and_never_more_than_there_are()
    {
        var bound = new InFlight(2);
        var takes = Enumerable.Range(0, 5).Select(_ => bound.Take()).ToList();
        Assert.Equal([true, true, false, false, false], takes.Select(take => take.IsCompleted));
        bound.Give();
        Assert.Equal([true, true, true, false, false], takes.Select(take => take.IsCompleted));
        bound.Give();
        bound.Give();
        bound.Give();
        Assert.True(bound.Take().IsCompleted);
        Assert.False(bound.Take().IsCompleted);
    }
}
