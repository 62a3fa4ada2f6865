using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;

namespace Warehouse.Devices.Conformance;

/// <summary>One device of the subject under a production host, its machine, a broker with faults between them, and the books to judge by.</summary>
#pragma warning disable CA1001 // Dropped as a whole after its check: nothing of it is outside memory.
internal sealed class Rig
#pragma warning restore CA1001
{
    public const string Ours = "host";

    private readonly IConformanceSubject _subject;
    private readonly SortedDictionary<string, byte[]> _samples = new(StringComparer.Ordinal);
    private MemoryMqttLink? _power;
    private int _boots;

    public Rig(IConformanceSubject subject, int seed)
    {
        _subject = subject;
        Chance = new Random(seed);
        Stage = new KitStage();
        Desk = new KitDesk(Stage);
        Broker = new MemoryMqttBroker(Stage.Clock, new MemoryMqttOptions { RepeatAfter = TimeSpan.FromSeconds(2) });
        Machine = subject.NewMachine(Stage.Clock);
        Broker.Fault = Draw;
        var link = new MemoryMqttLink(Broker, new MqttLinkOptions { ClientId = Ours }, new Random(seed + 1));
        Host = new SessionHost(
            [subject.Manifest], new DeviceLinks(link, _ => throw new ConformanceException("this kit grades adapters over MQTT")), Desk, new Deaf(),
            new DeviceClocks(Stage.Clock, Stage.Clock), new SessionHostOptions { Host = "kit", Seed = seed },
            AdapterCatalogue.Of(subject.Adapter));
        Desk.Tell(new DeviceCommand.Register(subject.Manifest.Id, subject.Manifest.Kind, subject.Adapter.OwnerOf(subject.Manifest)));
        Stage.Finish("the start", async () =>
        {
            await Broker.Start();
            await Host.Start();
        });
        PowerOn();
        Pass(3);
    }

    public Random Chance { get; }

    public KitStage Stage { get; }

    public KitDesk Desk { get; }

    public MemoryMqttBroker Broker { get; }

    public IMachine Machine { get; }

    public SessionHost Host { get; }

    /// <summary>What happens to hops; null is nothing.</summary>
    public Func<MqttHop, MqttFault>? Faults { get; set; }

    /// <summary>Messages that our side has published.</summary>
    public int Sent { get; private set; }

    /// <summary>A message of the machine for each of its topics.</summary>
    public IReadOnlyDictionary<string, byte[]> Samples => _samples;

    public void Pass(double seconds) => Stage.Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>Gives the machine its next piece of work: a command, or a fact of its own.</summary>
    public void Work(int number, int withinSeconds = 3_600)
    {
        if (_subject.Command(number) is { } command)
        {
            Desk.Tell(new DeviceCommand.Enqueue(command, Moment.Of(Stage.Clock.GetUtcNow()).Plus(withinSeconds * 1_000L)));
        }
        else
        {
            Stage.Do(() => Machine.Act(number));
        }
    }

    public void PowerOn() => Stage.Finish("the machine's start", () =>
    {
        _power = new MemoryMqttLink(Broker, new MqttLinkOptions { ClientId = $"machine-{++_boots}" }, new Random(_boots));
        return Machine.PowerOn(_power);
    });

    public void PowerOff() => Stage.Finish("the machine's end", () =>
    {
        Machine.PowerOff();
        return _power!.Stop();
    });

    /// <summary>Lets time pass until everything that was asked for is told, or nothing more can be hoped for.</summary>
    public void Rest(int seconds = 7_200)
    {
        for (var passed = 0; passed < seconds && (Machine.IsBusy || Desk.State.Outbox.Length > 0 || Missing().Length > 0); passed += 5)
        {
            Pass(5);
        }
    }

    /// <summary>What is wrong with the books at rest; null when nothing is.</summary>
    public string? Balance(int numbers, bool onceDone = true)
    {
        if (Desk.State.Outbox.Length > 0)
        {
            return $"{Desk.State.Outbox.Length} commands are still in the outbox, the first is {Desk.State.Outbox[0].Command.Id}";
        }

        if (Desk.Outcomes.FirstOrDefault(outcome => outcome.Outcome != CommandOutcome.Accepted) is { } lost)
        {
            return $"command {lost.Sequence} came back {lost.Outcome}: {lost.Reason}";
        }

        for (var number = 1; number <= numbers; number++)
        {
            if (_subject.Command(number) is { } command && Machine.Done.Count(id => id == command.Id) is var times && (times == 0 || (onceDone && times > 1)))
            {
                return $"{command.Id} was carried out {times} times";
            }
        }

        return Missing() is [var fact, ..] ? $"the fact '{fact}' was never told"
            : Told().GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice ? $"the fact '{twice.Key}' was told {twice.Count()} times"
            : Told().Except(Machine.Facts, StringComparer.Ordinal).FirstOrDefault() is { } invented ? $"the fact '{invented}' was told and never happened"
            : Machine.Facts.Count < numbers ? $"only {Machine.Facts.Count} of {numbers} facts happened at the machine"
            : null;
    }

    private string[] Missing() => [.. Machine.Facts.Except(Told(), StringComparer.Ordinal)];

    private IEnumerable<string> Told() => Desk.Said.Select(_subject.FactOf).OfType<string>();

    private MqttFault Draw(MqttHop hop)
    {
        if (hop.ToBroker)
        {
            Sent += hop.ClientId == Ours ? 1 : 0;
            if (hop.ClientId != Ours && hop.Message.Topic.Length > 0)
            {
                _samples[hop.Message.Topic] = hop.Message.Payload.ToArray();
            }
        }

        return Faults?.Invoke(hop) ?? MqttFault.None;
    }

    private sealed class Deaf : ITelemetrySink
    {
        public void Vehicle(VehicleSeen seen)
        {
        }

        public void Crane(CraneSeen seen)
        {
        }
    }
}
