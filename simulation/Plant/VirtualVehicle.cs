using System.Collections.Immutable;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// A vehicle that speaks VDA 5050: it drives the nodes of its order at constant speed, acts at them, never enters a
/// node that another holds, and tells its state on each event and at least every half minute.
/// </summary>
public sealed class VirtualVehicle
{
    private readonly VehicleWorld world;
    private readonly VehicleVoice voice;
    private readonly BusyTime busy = new();
    private VdaOrder? order;
    private int at;
    private int action;
    private RoutePoint here;
    private bool stateWanted;
    private bool moving;
    private bool posing;
    private RecalledVehicle? recalled;
    private int beyond;

    internal VirtualVehicle(VehicleId id, RoutePoint home, VehicleWorld world)
    {
        Id = id;
        here = home;
        this.world = world;
        voice = new VehicleVoice(this, world);
        world.Traffic.Stand(this, home.Node);
    }

    /// <summary>Which one.</summary>
    public VehicleId Id { get; }

    /// <summary>What it carries.</summary>
    public Lpn? Load { get; private set; }

    /// <summary>The node it has reached last.</summary>
    public RoutePoint Here => here;

    /// <summary>Whether it drives, or waits for a node to become free.</summary>
    public bool Driving { get; private set; }

    /// <summary>Charge in per mille: an hour of driving takes a fifth; standing at home charges.</summary>
    public int BatteryPermille { get; private set; } = 900;

    internal VdaOrder? Order => order;

    internal int NodesPassed => at;

    internal ImmutableArray<VdaActionState> ActionStates { get; private set; } = [];

    internal long BusyUntil(long now) => busy.Until(now);

    /// <summary>Begin to tell its state.</summary>
    public void Start()
    {
        SayHello();
        world.Agenda.In(world.Options.StateEveryMilliseconds, Heartbeat);
    }

    /// <summary>Somebody asked for its state.</summary>
    public void TellState() => StateSoon();

    internal void LeaveFloor() => world.Traffic.Leave(this, here.Node);

    /// <summary>
    /// Stand where the journal last saw this vehicle, with its load; null is at home. When another one has that stop since,
    /// this one had left it: it stands at the first free node of its way. Its mission goes on when the order comes again.
    /// </summary>
    internal void Recall(RecalledVehicle? last)
    {
        recalled = last;
        Load = last?.Load;
        here = last is null ? here : world.Floor.Stops[last.At].Point;
        for (beyond = 0; beyond < (last?.Way.Length ?? 0) && world.Traffic.At(here.Node) is not null; beyond++)
        {
            here = last!.Way[beyond];
        }

        world.Traffic.Stand(this, here.Node);
    }

    internal void SayItWasAway() => voice.WasAway();

    internal void SayHello()
    {
        voice.Connected();
        voice.State();
    }

    /// <summary>An order came in. The same again only makes it tell its state; one that does not begin here is refused.</summary>
    public void Take(VdaOrder next)
    {
        if (order is not null && order.OrderId == next.OrderId)
        {
            voice.State();
        }
        else if (Busy)
        {
            voice.Refuse(next, "orderUpdateError", "another order is not done yet");
        }
        else if (order is null && recalled is not null && recalled.LegsDone + beyond > 0 && recalled.Mission?.Text == next.OrderId)
        {
            GoOn(next, recalled);
        }
        else if (next.Nodes.IsEmpty || next.Nodes[0].NodeId != here.Node.Text)
        {
            voice.Refuse(next, "orderError", $"the order does not begin at {here.Node}");
        }
        else
        {
            Begin(next, 0, 0);
        }
    }

    /// <summary>An order of which it had done the first legs, or left the first stop, before its virtual self was interrupted.</summary>
    private void GoOn(VdaOrder next, RecalledVehicle before)
    {
        var node = Math.Max(0, before.NodesDone - 1) + beyond;
        Begin(next, node, beyond > 0 ? 0 : next.Nodes[node].Actions.Length);
    }

    private void Begin(VdaOrder next, int node, int actionsDone)
    {
        (order, at, action, recalled) = (next, node, actionsDone, null);
        var done = next.Nodes.Take(node).Sum(passed => passed.Actions.Length) + actionsDone;
        ActionStates =
        [
            .. next.Nodes.SelectMany(one => one.Actions).Select((one, number) => new VdaActionState(
                one.ActionId, number < done ? VdaActionStatus.Finished : VdaActionStatus.Waiting, one.ActionType)),
        ];
        busy.Begin(world.Agenda.Now);
        Go();
        StateSoon();
    }

    /// <summary>Whether it still has something to do.</summary>
    public bool Busy => order is not null && (at < order.Nodes.Length - 1 || moving || action < order.Nodes[at].Actions.Length);

    private void Go()
    {
        var node = order!.Nodes[at];
        if (action < node.Actions.Length)
        {
            Act(node.Actions[action]);
            return;
        }

        if (at + 1 == order.Nodes.Length)
        {
            Driving = false;
            busy.End(world.Agenda.Now);
            StateSoon();
            return;
        }

        Drive(order.Nodes[at + 1]);
    }

    private void Drive(VdaNode next)
    {
        var to = world.Point(next);
        var lastStop = at + 2 < order!.Nodes.Length ? world.StopAfter(to, order.Nodes[at + 2]) : null;
        if (!Driving)
        {
            Driving = true;
            StateSoon();
            StartPoses();
        }

        moving = true;
        if (to.Node == here.Node)
        {
            Arrive(to);
            return;
        }

        world.Traffic.Enter(this, to.Node, lastStop, () => world.Agenda.In(world.EdgeMilliseconds(here, to), () => Arrive(to)));
    }

    private void Arrive(RoutePoint to)
    {
        var left = here.Node;
        (here, moving, action) = (to, false, 0);
        at++;
        BatteryPermille = Math.Max(100, BatteryPermille - (at % 18 == 0 ? 1 : 0));
        if (left != to.Node)
        {
            world.Traffic.Leave(this, left);
        }

        Go();
    }

    private void Act(VdaAction what)
    {
        Driving = false;
        SetStatus(what.ActionId, VdaActionStatus.Running);
        StateSoon();
        world.Agenda.In(world.Options.HandoverMilliseconds, () => Acted(what));
    }

    private void Acted(VdaAction what)
    {
        var place = PlaceId.Parse(VehicleWorld.Parameter(what, VehicleWorld.PlaceParameter));
        var wanted = VehicleWorld.Parameter(what, VehicleWorld.LoadParameter);
        var done = what.ActionType switch
        {
            "pick" => Load is null && world.Truth.Take(place, Lpn.Parse(wanted)) is { } taken && Hold(taken, wanted),
            "drop" => Load is { } load && world.Truth.Put(load, place) && Hold(null, wanted),
            _ => false,
        };
        if (!done)
        {
            world.Truth.Mishaps.Add($"{Id} could not {what.ActionType} {wanted} at {place}");
        }

        SetStatus(what.ActionId, done ? VdaActionStatus.Finished : VdaActionStatus.Failed);
        action++;
        StateSoon();
        if (done)
        {
            Go();
        }
    }

    private bool Hold(Lpn? load, string wanted)
    {
        if (load is { } taken && taken.Text != wanted)
        {
            world.Truth.Mishaps.Add($"{Id} took {taken} instead of {wanted}");
        }

        Load = load;
        return true;
    }

    private void SetStatus(string id, VdaActionStatus status) =>
        ActionStates = [.. ActionStates.Select(one => one.ActionId == id ? one with { ActionStatus = status } : one)];

    /// <summary>What happens in one instant is told together. Passed nodes are told with the next thing that matters.</summary>
    private void StateSoon()
    {
        if (!stateWanted)
        {
            stateWanted = true;
            world.Agenda.In(0, () =>
            {
                stateWanted = false;
                voice.State();
            });
        }
    }

    private void Heartbeat()
    {
        if (!Busy)
        {
            BatteryPermille = Math.Min(1000, BatteryPermille + 2);
        }

        if (world.Agenda.Now - voice.LastState >= world.Options.StateEveryMilliseconds)
        {
            voice.State();
        }

        world.Agenda.In(voice.LastState + world.Options.StateEveryMilliseconds - world.Agenda.Now, Heartbeat);
    }

    private void StartPoses()
    {
        if (world.Options.PoseEveryMilliseconds > 0 && !posing)
        {
            posing = true;
            world.Agenda.In(world.Options.PoseEveryMilliseconds, Pose);
        }
    }

    private void Pose()
    {
        posing = false;
        voice.Pose();
        if (Driving)
        {
            StartPoses();
        }
    }
}
