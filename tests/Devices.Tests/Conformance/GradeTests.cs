using System.Collections.Immutable;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Conformance;
using Warehouse.Devices.Conformance.Machines;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.PickToLight;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Xunit.Abstractions;

namespace Warehouse.Devices.Tests.Conformance;

public sealed class GradeTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. ShippedSubjects.All.Select(subject => subject.Adapter.Kind.Text)];

    [Theory, MemberData(nameof(Kinds))]
    public void An_adapter_that_ships_has_an_A(string kind)
    {
        var report = ConformanceReport.Of(ShippedSubjects.All.Single(subject => subject.Adapter.Kind.Text == kind));
        output.WriteLine(report.ToString());
        Assert.True(report.Grade == 'A', report.ToString());
    }

    [Theory, InlineData("2.0.0"), InlineData("3.0.0")]
    public void Vehicles_of_the_other_versions_have_an_A_too(string version)
    {
        var report = ConformanceReport.Of(new VehicleSubject(version));
        Assert.True(report.Grade == 'A', report.ToString());
    }

    [Fact]
    public void The_same_seed_gives_the_same_report() =>
        Assert.Equal(ConformanceReport.Of(new TagSubject(), 7).ToString(), ConformanceReport.Of(new TagSubject(), 7).ToString());

    /// <summary>The kit is worth something only if it finds what is wrong: sessions that were spoilt in one way each.</summary>
    [Theory]
    [InlineData("deaf", "the fact 'pressed MAIN/S1/000001' was never told")]
    [InlineData("hasty", "a command was sent in observe mode")]
    [InlineData("late", "it was carried out after its deadline")]
    [InlineData("greedy", "it was not refused with a reason")]
    public void A_spoilt_session_is_found(string flaw, string wrong)
    {
        var report = ConformanceReport.Of(new Spoilt(flaw));
        Assert.NotEqual('A', report.Grade);
        Assert.Contains(report.Results, result => result.Wrong?.Contains(wrong, StringComparison.Ordinal) == true);
    }

    /// <summary>The tag's adapter with a flaw.</summary>
    private sealed class Spoilt(string flaw) : IConformanceSubject, IDeviceAdapter
    {
        private readonly TagSubject _tag = new();

        public IDeviceAdapter Adapter => this;

        public DeviceManifest Manifest => _tag.Manifest;

        public DeviceKind Kind => _tag.Adapter.Kind;

        public string Prefix => _tag.Adapter.Prefix;

        public ImmutableArray<string> Capabilities => _tag.Adapter.Capabilities;

        public ImmutableArray<DeviceSetting> Settings => _tag.Adapter.Settings;

        public IMachine NewMachine(TimeProvider clock) => _tag.NewMachine(clock);

        public MachineCommand? Command(int number) => _tag.Command(number);

        public string? FactOf(DeviceSignal signal) => _tag.FactOf(signal);

        public StreamId OwnerOf(DeviceManifest manifest) => _tag.Adapter.OwnerOf(manifest);

        public IDeviceSession SessionOf(DeviceManifest manifest, AdapterPorts ports) =>
            new Session(flaw, _tag.Adapter.SessionOf(manifest, ports), ports);
    }

    private sealed class Session(string flaw, IDeviceSession good, AdapterPorts ports) : IDeviceSession, IFactSink
    {
        private IFactSink? _facts;

        public DeviceId Device => good.Device;

        public Task Attach(IFactSink facts)
        {
            _facts = facts;
            return good.Attach(flaw == "deaf" ? this : facts);
        }

        public Task<bool> Report(DeviceSignal signal, string? of = null) =>
            signal is DeviceSignal.ButtonPressed ? Task.FromResult(true) : _facts!.Report(signal, of);

        public void LinkCameBack() => _facts!.LinkCameBack();

        public async Task<ImmutableArray<Difference>> ReadBack(SendPermit permit, CancellationToken cancellation)
        {
            if (flaw == "hasty")
            {
                await ports.Mqtt.Link.Publish(new("ptl/v1/MAIN/S1-03/cmd", """{"id":"MAIN/S1/999999","color":"red"}"""u8.ToArray(), MqttQos.AtLeastOnce), cancellation);
            }

            return await good.ReadBack(permit, cancellation);
        }

        public bool Has(MachineCommand command) => good.Has(command);

        public async Task<SendResult> Send(OutboxEntry entry, SendPermit permit, CancellationToken cancellation)
        {
            if (flaw == "late" && entry.Command is MachineCommand.ShowPick show)
            {
                // Retained at the broker: it waits there for the machine, whatever its deadline.
                var late = PickTagMapping.ToWire(show, 0)!;
                await ports.Mqtt.Link.Publish(
                    new("ptl/v1/MAIN/S1-03/cmd", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(late, PickTagJson.Default.PickTagCommand), MqttQos.AtLeastOnce, Retain: true),
                    cancellation);
            }

            return flaw == "greedy" && entry.Command is not MachineCommand.ShowPick ? SendResult.Accepted : await good.Send(entry, permit, cancellation);
        }
    }
}
