using System.Collections.Immutable;
using System.Text;
using Warehouse.Devices.Adapters;
using Warehouse.Devices.Links.Memory;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Manifests;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Picking;

namespace Warehouse.Devices.Conformance;

/// <summary>How much a check weighs: all bronze make a C, with silver a B, with gold an A.</summary>
public enum CheckLevel
{
    /// <summary>It works on a good day, and no message breaks it.</summary>
    Bronze,
    /// <summary>It works on a bad network and with a machine that fails.</summary>
    Silver,
    /// <summary>It obeys the house: modes, leases, deadlines, back-pressure.</summary>
    Gold,
}

/// <summary>One check of the kit.</summary>
/// <param name="Level">Its weight.</param>
/// <param name="Name">What is true when it passes, as a sentence.</param>
/// <param name="Commands">True when it makes sense only for a device that takes commands.</param>
/// <param name="Run">Gives what is wrong; null when nothing is.</param>
internal sealed record Check(CheckLevel Level, string Name, bool Commands, Func<IConformanceSubject, int, string?> Run);

/// <summary>The checks, in the order of the report.</summary>
internal static class Checks
{
    private const int Numbers = 12;

    public static ImmutableArray<Check> All { get; } =
    [
        new(CheckLevel.Bronze, "its manifest keeps its own rules and survives its file", false, Manifest),
        new(CheckLevel.Bronze, "on a good day each command is carried out once and each fact told once", false, (subject, seed) => Play(subject, seed, null)),
        new(CheckLevel.Bronze, "malformed messages are counted and change nothing", false, Malformed),
        new(CheckLevel.Silver, "lost messages are made up for", false, (subject, seed) => Play(subject, seed, (chance, _) => chance.Next(5) == 0 ? MqttFault.Drop : MqttFault.None)),
        new(CheckLevel.Silver, "messages that come twice count once", false, (subject, seed) => Play(subject, seed, (chance, _) => chance.Next(2) == 0 ? MqttFault.Duplicate : MqttFault.None)),
        new(CheckLevel.Silver, "messages that overtake each other change nothing", false, (subject, seed) => Play(subject, seed, (chance, _) => MqttFault.Late(TimeSpan.FromMilliseconds(chance.Next(3_000))))),
        new(CheckLevel.Silver, "a machine that stalls is waited for", false, Stall),
        new(CheckLevel.Silver, "after a reboot with its counters reset the machine is heard and commanded", false, Reboot),
        new(CheckLevel.Silver, "our own link may break at any time", false, Cut),
        new(CheckLevel.Gold, "in observe mode nothing is sent, and everything after it", true, Observe),
        new(CheckLevel.Gold, "without its lease it sends nothing", true, Leaseless),
        new(CheckLevel.Gold, "a command whose deadline passed is reported and never sent late", true, Expired),
        new(CheckLevel.Gold, "a command that is not its machine's is refused with a reason", false, Foreign),
        new(CheckLevel.Gold, "while the house does not answer, what waits is bounded, and told afterwards", false, BackPressure),
    ];

    private static string? Manifest(IConformanceSubject subject, int seed)
    {
        var file = new ManifestFile(AdapterCatalogue.Of(subject.Adapter));
        var text = ManifestJson.TextOf(subject.Manifest);
        var read = file.Parse("manifest.json", Encoding.UTF8.GetBytes(text));
        if (!read.Same(subject.Manifest))
        {
            return "its manifest is another one after it was written and read";
        }

        var broken = subject.Adapter.Settings.FirstOrDefault(setting => setting.DefaultFor is { } byDefault && setting.Broken(byDefault(subject.Manifest)) is not null);
        return broken is not null ? $"the default of {broken.Key} breaks its own rule"
            : subject.Adapter.Settings.Any(setting => setting.About.Length == 0) ? "a setting does not say what it is for"
            : subject.Adapter.Capabilities.IsEmpty ? "it says nothing of what its devices can do"
            : null;
    }

    private static string? Play(IConformanceSubject subject, int seed, Func<Random, MqttHop, MqttFault>? faults)
    {
        var rig = new Rig(subject, seed);
        rig.Faults = faults is null ? null : hop => faults(rig.Chance, hop);
        Work(rig, 1, Numbers, 7);
        rig.Rest();
        return rig.Balance(Numbers);
    }

    private static string? Malformed(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        Work(rig, 1, 4, 7);
        rig.Rest();
        var told = rig.Desk.Said.Count;
        var stranger = new MemoryMqttLink(rig.Broker, new MqttLinkOptions { ClientId = "stranger" }, new Random(seed));
        rig.Stage.Do(stranger.Start);
        rig.Pass(1);
        foreach (var (topic, sample) in rig.Samples.ToArray())
        {
            foreach (var bad in Bent(sample, rig.Chance))
            {
                rig.Stage.Do(() => _ = stranger.Publish(new MqttMessage(topic, bad, MqttQos.AtLeastOnce)));
                rig.Pass(0.01);
            }
        }

        rig.Pass(5);
        var health = rig.Host.Health[0];
        if (health.NotUnderstood == 0)
        {
            return "nothing of it was counted as not understood";
        }

        if (rig.Desk.Said.Count - told > rig.Samples.Count)
        {
            return "facts were made of malformed messages";
        }

        // The machine's retained state may be among what was spoilt: it starts again, and all goes on.
        rig.PowerOff();
        rig.PowerOn();
        rig.Pass(30);
        Work(rig, 5, 8, 7);
        rig.Rest();
        return rig.Desk.State.Outbox.Length == 0 ? null : "it does not work any more after malformed messages";
    }

    private static IEnumerable<byte[]> Bent(byte[] sample, Random chance)
    {
        yield return [];
        yield return "{"u8.ToArray();
        yield return "null"u8.ToArray();
        yield return "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["u8.ToArray();
        yield return [0xFF, 0xFE, 0x00, 0x80];
        yield return Encoding.UTF8.GetBytes(new string('9', 65_536));
        for (var i = 0; i < 50 && sample.Length > 1; i++)
        {
            yield return sample[..chance.Next(1, sample.Length)];
        }
    }

    private static string? Stall(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        Work(rig, 1, 3, 7);
        var stall = TimeSpan.FromSeconds(90);
        var line = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        rig.Faults = hop => hop.ClientId == Rig.Ours ? MqttFault.None : InLine(rig.Stage.Clock.GetUtcNow(), stall, line, $"{hop.ClientId} {hop.ToBroker}");
        Work(rig, 4, Numbers, 7);
        stall = TimeSpan.Zero;
        rig.Rest();
        return rig.Balance(Numbers);
    }

    /// <summary>What is held up stays in its order: nothing that is said after a stall comes before what was said in it.</summary>
    private static MqttFault InLine(DateTimeOffset now, TimeSpan late, SortedDictionary<string, DateTimeOffset> line, string wire)
    {
        var due = now + late;
        due = line.TryGetValue(wire, out var before) && before >= due ? before + TimeSpan.FromMilliseconds(1) : due;
        line[wire] = due;
        return due > now ? MqttFault.Late(due - now) : MqttFault.None;
    }

    private static string? Reboot(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        for (var boot = 0; boot < 3; boot++)
        {
            Work(rig, 1 + (boot * 4), 4 + (boot * 4), 7);
            rig.Rest();
            rig.PowerOff();
            rig.Pass(20);
            rig.PowerOn();
            rig.Pass(30);
        }

        rig.Rest();
        return rig.Balance(Numbers, onceDone: false);
    }

    private static string? Cut(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        for (var number = 1; number <= Numbers; number++)
        {
            rig.Work(number);
            rig.Pass(rig.Chance.Next(1, 8));
            rig.Stage.Finish("the cut", () => rig.Broker.Cut(Rig.Ours));
            rig.Pass(2);
        }

        rig.Rest();
        return rig.Balance(Numbers);
    }

    private static string? Observe(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        rig.Desk.Tell(new DeviceCommand.SetMode(DeviceMode.Observe, "the kit", "to see that nothing is sent"));
        rig.Pass(1);
        var sent = rig.Sent;
        Work(rig, 1, 3, 7);
        if (rig.Sent != sent || rig.Machine.Done.Count > 0)
        {
            return "a command was sent in observe mode";
        }

        rig.Desk.Tell(new DeviceCommand.SetMode(DeviceMode.Automatic, "the kit", "go on"));
        rig.Rest();
        return rig.Balance(3);
    }

    private static string? Leaseless(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        Work(rig, 1, 2, 7);
        rig.Rest();
        rig.Desk.Away = true;
        rig.Pass(120);
        var sent = rig.Sent;
        rig.Work(3);
        rig.Pass(60);
        if (rig.Sent != sent)
        {
            return "a message was sent after the lease had run out";
        }

        rig.Desk.Away = false;
        rig.Rest();
        return rig.Balance(3);
    }

    private static string? Expired(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        rig.PowerOff();
        rig.Pass(5);
        rig.Work(1, withinSeconds: 30);
        rig.Pass(120);
        rig.PowerOn();
        rig.Pass(120);
        return rig.Desk.Outcomes is not [{ Outcome: CommandOutcome.Expired }] ? "it was not reported expired"
            : rig.Machine.Done.Count > 0 ? "it was carried out after its deadline"
            : null;
    }

    private static string? Foreign(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        MachineCommand foreign = subject.Command(1) is MachineCommand.ShowPick
            ? new MachineCommand.Drive(new("MAIN/M000001"), null, [])
            : new MachineCommand.ShowPick(new PickTaskId("MAIN/S1/000001"), "green", 1, "");
        rig.Desk.Tell(new DeviceCommand.Enqueue(foreign, Domain.Deciding.Moment.Of(rig.Stage.Clock.GetUtcNow()).Plus(600_000)));
        rig.Pass(30);
        return rig.Desk.Outcomes is [{ Outcome: CommandOutcome.Refused, Reason.Length: > 0 }] ? null : "it was not refused with a reason";
    }

    private static string? BackPressure(IConformanceSubject subject, int seed)
    {
        var rig = new Rig(subject, seed);
        Work(rig, 1, 2, 7);
        rig.Rest();
        rig.Desk.Away = true;
        for (var number = 3; number <= 40 && subject.Command(number) is null; number++)
        {
            rig.Work(number);
            rig.Pass(3);
        }

        var health = rig.Host.Health[0];
        if (health.Unreported > health.Capacity)
        {
            return $"{health.Unreported} facts wait, and {health.Capacity} may";
        }

        rig.Desk.Away = false;
        rig.Rest();
        return rig.Balance(rig.Machine.Facts.Count == 0 ? 2 : Math.Min(2, rig.Machine.Facts.Count));
    }

    private static void Work(Rig rig, int first, int last, int seconds)
    {
        for (var number = first; number <= last; number++)
        {
            rig.Work(number);
            rig.Pass(seconds);
        }
    }
}
