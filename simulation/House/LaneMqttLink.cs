using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.House;

/// <summary>
/// A process's end of a link: what the broker delivers runs on the process's own lane, and no more once it is dead. A
/// message that a dead process had begun to handle is therefore never acknowledged, and comes to its successor.
/// </summary>
internal sealed class LaneMqttLink(IMqttLink link, Lane lane) : IMqttLink
{
    public event Action<LinkState>? StateChanged;

    public LinkState State => link.State;

    public MqttLinkHealth Health => link.Health;

    public void Start()
    {
        link.StateChanged += OnState;
        link.Start();
    }

    public Task Stop() => link.Stop();

    public Task Publish(MqttMessage message, CancellationToken cancellation = default) => link.Publish(message, cancellation);

    public Task Subscribe(string filter, MqttQos qos, Func<MqttMessage, Task> handler) =>
        link.Subscribe(filter, qos, message => lane.Start(() => handler(message)));

    public Task Unsubscribe(string filter) => link.Unsubscribe(filter);

    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <summary>The operating system closes the dead process's socket.</summary>
    public void Abandon()
    {
        link.StateChanged -= OnState;
        _ = link.Stop();
    }

    private void OnState(LinkState state) => lane.Post(() => StateChanged?.Invoke(state));
}
