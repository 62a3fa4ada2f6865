using System.Threading.Channels;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.OpcUa;
using Warehouse.Devices.Tests.Staging;

namespace Warehouse.Devices.Tests.Links;

/// <summary>What every OPC UA link and server must do, real or in memory. Waits are barriers; their time-outs only bound a failure.</summary>
public abstract class OpcUaLinkContract : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _values = Channel.CreateUnbounded<string>();
    private readonly Channel<NodeEvent> _events = Channel.CreateUnbounded<NodeEvent>();
    private readonly Channel<LinkState> _states = Channel.CreateUnbounded<LinkState>();

    protected abstract IOpcUaLink Link { get; }

    protected abstract IOpcUaServer Server { get; }

    /// <summary>Breaks the connection; both sides go on.</summary>
    protected abstract void Cut();

    public async Task InitializeAsync()
    {
        Link.ValueChanged += value => _values.Writer.TryWrite($"{value.Path}={value.Text}");
        Link.EventRaised += occurrence => _events.Writer.TryWrite(occurrence);
        Link.StateChanged += state => _states.Writer.TryWrite(state);
        await Server.Start(new SampleMachine(Server));
        Server.Write(new NodeValue("Number", 7));
        Server.Write(new NodeValue("Position/X", 12_500));
        Link.Start();
        await Becomes(LinkState.Up);

        // What was written before has been told to nobody by now, and is not told to a watch that begins.
        await Link.Read(["Number"]);
    }

    public async Task DisposeAsync()
    {
        await Link.DisposeAsync();
        await Server.DisposeAsync();
        await End();
    }

    protected virtual Task End() => Task.CompletedTask;

    [Fact]
    public async Task Variables_are_read_in_their_order_and_one_that_is_not_there_has_a_bad_status()
    {
        var read = await Link.Read(["Position/X", "Nowhere", "Number", "Clock"]);
        Assert.Equal([12_500L, 0, 7, 42], read.Select(value => value.Number));
        Assert.Equal([OpcUaStatus.Good, OpcUaStatus.BadNodeIdUnknown, OpcUaStatus.Good, OpcUaStatus.Good], read.Select(value => value.Status));
        Assert.Equal(["Position/X", "Nowhere", "Number", "Clock"], read.Select(value => value.Path));
    }

    [Fact]
    public async Task What_was_written_and_taken_is_there_and_what_was_not_says_why()
    {
        Watch("Number");
        await Hears("Number=7");
        OpcUaStatus[] results = [.. await Link.Write([new("Number", 8), new("Text", "no"), new("Number", 1001)])];
        Assert.Equal([OpcUaStatus.Good, OpcUaStatus.BadNotWritable, OpcUaStatus.BadOutOfRange], results);
        await Hears("Number=8");
        Assert.Equal(OpcUaStatus.BadTypeMismatch, Assert.Single(await Link.Write([new("Number", "eight")])));
        Assert.Equal(8, (await Link.Read(["Number"]))[0].Number);
    }

    [Fact]
    public async Task A_method_is_called_with_plain_integers_and_gives_its_outputs()
    {
        var doubled = await Link.Call("", "Double", [21]);
        Assert.Equal((OpcUaStatus.Good, 42L), (doubled.Status, Assert.Single(doubled.Outputs)));
        Assert.Equal(OpcUaStatus.BadMethodInvalid, (await Link.Call("", "Treble", [21])).Status);
    }

    [Fact]
    public async Task Each_change_of_a_watched_variable_is_told_in_order()
    {
        Link.Watch(new WatchedNode("Position/X", SamplingMilliseconds: 0, QueueSize: 100));
        await Hears("Position/X=12500");
        for (var i = 1; i <= 50; i++)
        {
            Server.Write(new NodeValue("Position/X", i));
        }

        for (var i = 1; i <= 50; i++)
        {
            await Hears($"Position/X={i}");
        }
    }

    [Fact]
    public async Task A_job_is_stored_listed_told_of_and_cleared()
    {
        var jobs = new JobControl(Link);
        var told = new TaskCompletionSource<JobOrderAndState>(TaskCreationOptions.RunContinuationsAsynchronously);
        jobs.JobChanged += job => told.TrySetResult(job);
        jobs.Watch();
        var order = new JobOrder("MAIN/A01/000001", "retrieve", [new("load", "T000123"), new("from", "MAIN/A01/bin/L-012-05")]);
        Assert.Equal(JobCallStatus.NoError, await jobs.StoreAndStart(order));
        Assert.Equal(JobCallStatus.InvalidJobOrderStatus, await jobs.StoreAndStart(order));
        var listed = Assert.Single(await jobs.JobOrderList());
        Same(new(order, JobState.Running), listed);

        await Flush();
        Server.Raise(JobReceiverMachine.Changed(listed with { State = JobState.Aborted, Reason = "bin is empty" }));
        Same(new(order, JobState.Aborted, "bin is empty"), await told.Task.WaitAsync(Patience));
        Assert.Equal(JobCallStatus.NoError, await jobs.Clear(order.JobOrderId));
        Assert.Empty(await jobs.JobOrderList());
    }

    [Fact]
    public async Task An_alarm_is_told_and_only_its_newest_event_is_taken_for_an_acknowledgement()
    {
        Link.WatchEvents(string.Empty);
        await Flush();
        await Link.Call("Drive", "Fail", ["drive is hot"]);
        var raised = await Next();
        Assert.Equal(("drive is hot", 700, true, false), (raised.Message, raised.Severity, raised.Condition!.Active, raised.Condition.Acked));

        Assert.Equal(OpcUaStatus.Good, await Link.Acknowledge(raised, "seen"));
        var acknowledged = await Next();
        Assert.True(acknowledged.Condition!.Acked);
        Assert.Equal(OpcUaStatus.BadEventIdUnknown, await Link.Confirm(raised, "done"));
        Assert.Equal(OpcUaStatus.Good, await Link.Confirm(acknowledged, "done"));
        Assert.False((await Next()).Condition!.Retain);
    }

    [Fact]
    public async Task A_cut_link_comes_back_with_its_watches_and_says_the_present_values()
    {
        Watch("Number");
        await Hears("Number=7");
        Cut();
        await Becomes(LinkState.Down);
        Server.Write(new NodeValue("Number", 9));
        await Becomes(LinkState.Up);
        await Hears("Number=9");
        Server.Write(new NodeValue("Number", 10));
        await Hears("Number=10");
    }

    [Fact]
    public async Task A_call_without_a_session_fails_as_one_whose_outcome_nobody_knows()
    {
        await Server.Stop();
        await Becomes(LinkState.Down);
        await Assert.ThrowsAsync<LinkDownException>(() => Link.Call("", "Double", [21]));
        await Assert.ThrowsAsync<LinkDownException>(() => Link.Read(["Number"]));
    }

    [Fact]
    public async Task After_the_server_came_back_conditions_of_interest_are_told_again()
    {
        Link.WatchEvents(string.Empty);
        await Flush();
        await Link.Call("Drive", "Fail", ["drive is hot"]);
        Assert.Equal("drive is hot", (await Next()).Message);
        await Server.Stop();
        await Becomes(LinkState.Down);
        await Server.Start(new SampleMachine(Server));
        await Becomes(LinkState.Up);
        Assert.Equal("drive is hot", (await Next()).Message);
        Assert.Equal(14L, Assert.Single((await Link.Call("", "Double", [7])).Outputs));
    }

    [Fact]
    public async Task A_stopped_link_is_told_nothing_more()
    {
        Watch("Number");
        await Hears("Number=7");
        await Link.Stop();
        Assert.Equal(LinkState.Stopped, Link.State);
        Server.Write(new NodeValue("Number", 11));
        await Assert.ThrowsAsync<LinkDownException>(() => Link.Read(["Number"]));
        Assert.False(_values.Reader.TryRead(out _));
    }

    protected async Task Becomes(LinkState wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _states.Reader.ReadAsync(patience.Token) != wanted)
        {
        }
    }

    /// <summary>The next value that is told; what was told before the one that is waited for may have been told already.</summary>
    protected async Task Hears(string wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(wanted, await _values.Reader.ReadAsync(patience.Token));
    }

    /// <summary>Watches begun before this are at work after it: a second watch is told its present value after them.</summary>
    protected async Task Flush()
    {
        Watch("Number");
        await Hears("Number=7");
    }

    private void Watch(string path) => Link.Watch(new WatchedNode(path, SamplingMilliseconds: 0, QueueSize: 10));

    private async Task<NodeEvent> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _events.Reader.ReadAsync(patience.Token);
    }

    private static void Same(JobOrderAndState expected, JobOrderAndState told)
    {
        Assert.Equal((expected.Order.JobOrderId, expected.Order.WorkMaster, expected.State, expected.Reason),
            (told.Order.JobOrderId, told.Order.WorkMaster, told.State, told.Reason));
        Assert.Equal(expected.Order.Parameters.AsEnumerable(), told.Order.Parameters);
    }
}
