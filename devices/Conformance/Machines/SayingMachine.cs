using System.Globalization;
using System.Text;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Domain.Deciding;

namespace Warehouse.Devices.Conformance.Machines;

/// <summary>A machine that only speaks: it says a thing each second for some seconds, as readers and sensors do.</summary>
/// <param name="topic">Where it speaks.</param>
/// <param name="clock">The kit's clock.</param>
/// <param name="first">What it says when power comes; null for nothing.</param>
public abstract class SayingMachine(string topic, TimeProvider clock, string? first) : IMachine, IDisposable
{
    private readonly List<string> _facts = [];
    private IMqttLink? _link;
    private ITimer? _timer;
    private int _left;
    private string? _words = first;

    /// <inheritdoc/>
    public IReadOnlyList<string> Done => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Facts => _facts;

    /// <summary>Milliseconds since 1970 by the machine's clock.</summary>
    protected string Now => Moment.Of(clock.GetUtcNow()).UnixMilliseconds.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public Task PowerOn(IMqttLink link)
    {
        _link = link;
        link.StateChanged += state =>
        {
            if (state == LinkState.Up && _words is not null)
            {
                Begin(_words);
            }
        };
        link.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void PowerOff()
    {
        _link = null;
        _timer?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PowerOff();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public abstract void Act(int number);

    /// <summary>Says this for the next seconds; <c>{now}</c> in it becomes the time.</summary>
    /// <param name="words">The message.</param>
    /// <param name="fact">What has happened by it.</param>
    protected void Say(string words, string fact)
    {
        _facts.Add(fact);
        Begin(words);
    }

    /// <summary>Notes what happened with the first words.</summary>
    protected void Happened(string fact) => _facts.Add(fact);

    private void Begin(string words)
    {
        (_words, _left) = (words, 6);
        Speak();
    }

    private void Speak()
    {
        if (_link is not { State: LinkState.Up } link || _left-- <= 0)
        {
            return;
        }

        _ = link.Publish(new MqttMessage(topic, Encoding.UTF8.GetBytes(_words!.Replace("{now}", Now, StringComparison.Ordinal)), MqttQos.AtLeastOnce));
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => Speak(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
    }
}
