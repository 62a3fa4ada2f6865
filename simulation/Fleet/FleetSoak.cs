using System.Collections.Immutable;
using System.Globalization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Simulation.Scheduling;

namespace Warehouse.Simulation.Fleet;

/// <summary>
/// The fleet's decider on one floor, with vehicles that drive at random speeds, break down, forget their orders and are
/// carried about, messages that come late or never, a controller that starts anew, and parts of the floor that are
/// stopped. A checker that knows none of its code watches where the vehicles really are. Everything follows from the seed.
/// </summary>
public sealed partial class FleetSoak
{
    private const int LatencyMost = 4;
    private const int RepeatEvery = 8;
    private const int CheckEvery = 16;
    private const string Person = "floor lead";

    private static readonly FloorId Floor = new("SOAK/floor");

    private readonly SoakMap map;
    private readonly SoakOptions options;
    private readonly Chance chance;
    private readonly DriveChecker checker;
    private readonly FleetPlanMaker planner;
    private readonly Digest digest = new();
    private readonly ImmutableArray<SoakVehicle> vehicles;
    private readonly ImmutableArray<NodeId> nodes;
    private readonly List<Action>[] post = [.. Enumerable.Range(0, LatencyMost + 1).Select(_ => new List<Action>())];
    private FleetState fleet = FleetState.Initial;
    private SoakOptions trouble;
    private long tick;
    private long missions;
    private long troubles;
    private long zoneUntil;
    private bool draining;

    private FleetSoak(SoakMap map, ulong seed, SoakOptions options)
    {
        (this.map, this.options, trouble) = (map, options, options);
        chance = new Chance(seed).For(map.Name);
        planner = new FleetPlanMaker(options.Depth);
        var layout = map.ToLayout();
        nodes = [.. layout.Nodes.Select(node => node.Point.Node)];
        Do(new FleetCommand.Open(Floor, layout, new FleetRules(2, 100)));
        var count = Math.Max(2, nodes.Length * options.VehiclesPercent / 100);
        checker = new DriveChecker(map.Rows, count);
        var starts = nodes.ToList();
        vehicles =
        [
            .. Enumerable.Range(0, count).Select(number =>
            {
                var at = starts[chance.Below(starts.Count)];
                starts.Remove(at);
                return new SoakVehicle(number, new(string.Create(CultureInfo.InvariantCulture, $"SOAK/V{number:0000}")), at);
            }),
        ];
    }

    /// <summary>Drives one floor from its first task until every task is done.</summary>
    public static SoakResult Run(SoakMap map, ulong seed, SoakOptions options)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        return new FleetSoak(map, seed, options).Run();
    }

    private SoakResult Run()
    {
        foreach (var vehicle in vehicles)
        {
            checker.Put(vehicle.Number, Place(vehicle.At), first: true);
            Do(new FleetCommand.Join(vehicle.Id, vehicle.At));
            GiveTask(vehicle);
        }

        while (checker.AnyOpen(tick) && checker.Faults.Count == 0)
        {
            Tick();
            if (!draining && checker.Moves >= options.Moves)
            {
                (draining, trouble) = (true, options.Healed());
            }
        }

        return new(
            map.Name, vehicles.Length, tick, checker.Moves, checker.Tasks, checker.LongestTask, troubles, checker.Faults, digest.Value);
    }

    private void Tick()
    {
        tick++;
        Deliver();
        foreach (var vehicle in vehicles)
        {
            GoWrong(vehicle);
            Drive(vehicle);
        }

        StopAndRelease();
        if (trouble.Restart > 0 && chance.Hits(trouble.Restart))
        {
            troubles++;
            Array.ForEach(post, due => due.Clear());
            Do(new FleetCommand.Restart());
        }

        if (tick % options.PlanEvery == 0)
        {
            Do(new FleetCommand.Replan(0));
            Do(planner.Plan(fleet, 0));
        }

        if (tick % CheckEvery == 0)
        {
            FleetDecider.Decider.Check(fleet);
        }
    }

    private void Deliver()
    {
        var due = post[tick % post.Length];
        ImmutableArray<Action> now = [.. due];
        due.Clear();
        foreach (var message in now)
        {
            message();
        }
    }

    private void Drive(SoakVehicle vehicle)
    {
        if (tick < vehicle.BrokenUntil)
        {
            return;
        }

        var (departs, arrives) = vehicle.Tick(DriveTicks);
        if (departs is { } to)
        {
            checker.Departs(vehicle.Number, Place(to), tick);
        }

        if (arrives)
        {
            checker.Arrives(vehicle.Number);
            digest.Add(vehicle.Number + ((long)vehicles.Length * tick));
        }

        if (arrives || (tick + vehicle.Number) % RepeatEvery == 0)
        {
            var report = new FleetCommand.Report(vehicle.Id, vehicle.At, vehicle.Reached);
            Post(() => Do(report));
            SendBase(vehicle);
        }
    }

    private int DriveTicks() => chance.Below(options.DriveTicks) + 1 + (chance.Hits(trouble.Late) ? chance.Below(trouble.TroubleTicks / 4 + 1) : 0);

    private void SendBase(SoakVehicle vehicle)
    {
        var known = fleet.Vehicles[vehicle.Id];
        if (known.Base.Length > 1)
        {
            Post(() =>
            {
                if (tick >= vehicle.BrokenUntil)
                {
                    vehicle.Hear(known.Reached, known.Base.AsSpan());
                }
            });
        }
    }

    private void Post(Action message)
    {
        if (!chance.Hits(trouble.Lost))
        {
            post[(tick + 1 + chance.Below(LatencyMost)) % post.Length].Add(message);
        }
    }

    /// <summary>What the decider decides happens at once, as in its stream; what it releases is sent.</summary>
    private Answer Do(Command command)
    {
        var decision = FleetDecider.Decider.Decide(fleet, command, new(tick));
        foreach (var happened in decision.Events)
        {
            fleet = FleetDecider.Decider.Evolve(fleet, happened);
            foreach (var effect in FleetDecider.Decider.React(fleet, happened))
            {
                wakes.Enqueue((effect.Body, effect.Due!.Value.UnixMilliseconds));
            }
        }

        foreach (var happened in decision.Events)
        {
            switch (happened)
            {
                case FleetEvent.Released released:
                    SendBase(Of(released.Vehicle));
                    break;
                case FleetEvent.Arrived arrived:
                    checker.Ends(Of(arrived.Vehicle).Number, tick);
                    GiveTask(Of(arrived.Vehicle));
                    break;
            }
        }

        return decision.Answer;
    }

    private void GiveTask(SoakVehicle vehicle)
    {
        if (draining)
        {
            return;
        }

        // As on a real floor, a stop is kept for one vehicle.
        NodeId goal;
        do
        {
            goal = nodes[chance.Below(nodes.Length)];
        }
        while (fleet.Vehicles.Values.Any(other => other.Goal == goal));

        checker.Begins(vehicle.Number, Place(goal), tick, tick + options.TaskTicks);
        Do(new FleetCommand.Send(vehicle.Id, new(string.Create(CultureInfo.InvariantCulture, $"SOAK/M{++missions}")), goal));
    }

    private SoakVehicle Of(VehicleId id) => vehicles[int.Parse(id.Text.AsSpan(id.Text.IndexOf('V', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture)];

    private static (int Row, int Column) Place(NodeId node) => (
        int.Parse(node.Text.AsSpan(0, 3), CultureInfo.InvariantCulture), int.Parse(node.Text.AsSpan(4), CultureInfo.InvariantCulture));
}
