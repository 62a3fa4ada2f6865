using System.Collections.Immutable;
using Warehouse.Devices.Vda5050;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Plant;

/// <summary>
/// A vehicle that speaks VDA 5050, 2.1.0 or 3.0.0: it drives the released nodes of its order at constant speed, acts at
/// them, never enters a node that another holds, waits at the end of its base for more, and tells its state on each
/// event and at least every half minute.
/// </summary>
public sealed class VirtualVehicle
{
    private readonly VehicleWorld world;
    private readonly VehicleVoice voice;
    private readonly InstantActions instant;
    private readonly BusyTime busy = new();
    private VdaOrder? order;
    private int at;
    private int action;
    private RoutePoint here;
    private bool stateWanted;
    private bool moving;
    private bool acting;
    private bool posing;

    internal VirtualVehicle(VehicleId id, RoutePoint home, VehicleWorld world, string version = VdaTopics.DefaultVersion)
    {
        Id = id;
        here = home;
        this.world = world;
        voice = new VehicleVoice(this, world, VdaTopics.OfVirtual(id, version));
        Zones = new VehicleZones(id, StateSoon);
        instant = new InstantActions(this, voice);
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

    /// <summary>Who drives it.</summary>
    public OperatingMode Mode { get; private set; } = OperatingMode.Automatic;

    internal VdaOrder? Order => order;

    internal int NodesPassed => at;

    internal bool Cancelled { get; private set; }

    internal bool Paused { get; private set; }

    internal VehicleZones Zones { get; }

    internal ImmutableArray<VdaActionState> ActionStates { get; private set; } = [];

    internal ImmutableArray<VdaActionState> InstantActionStates => instant.States;

    /// <summary>Whether the end of the base comes near and more of the way is known.</summary>
    internal bool WantsBase => order is not null && !Cancelled && order.Nodes[^1] is { Released: false }
        && order.Nodes.Skip(at + 1).Count(node => node.Released) <= 1;

    internal VdaTopics Topics => voice.Topics;

    /// <summary>Whether it still has something to do or waits for more of its way.</summary>
    public bool Busy => moving || acting || (order is not null && !Cancelled && (at < order.Nodes.Length - 1 || action < order.Nodes[at].Actions.Length));

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
    /// this one had left it: it stands at the first free node of its way. Its mission goes on when the rest of it comes.
    /// </summary>
    internal void Recall(RecalledVehicle? last)
    {
        Load = last?.Load;
        here = last is null ? here : world.Floor.Stops[last.At].Point;
        for (var beyond = 0; beyond < (last?.Way.Length ?? 0) && world.Traffic.At(here.Node) is not null; beyond++)
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

    /// <summary>It was switched off and on: it stands where it came to, with its load, and remembers no order.</summary>
    public void Reboot()
    {
        Forget();
        order = null;
        (at, action) = (0, 0);
        ActionStates = [];
        voice.Errors = [];
        SayItWasAway();
        SayHello();
    }

    /// <summary>A person turns its key. Out of automatic it gives its order up.</summary>
    public void Turn(OperatingMode mode)
    {
        Mode = mode;
        if (mode is OperatingMode.Manual or OperatingMode.Service or OperatingMode.TeachIn)
        {
            Cancel();
        }

        StateSoon();
    }

    /// <summary>An order came in.</summary>
    public void Take(VdaOrder next)
    {
        switch (OrderVerdict.Of(next, order, Cancelled, Busy, here.Node.Text, world.Knows))
        {
            case OrderVerdict.Begin begin:
                Begin(begin.Order);
                break;
            case OrderVerdict.Join join:
                Join(join.Order);
                break;
            case OrderVerdict.Refuse refuse:
                voice.Refuse(
                    voice.Topics.Dialect.Major >= 3 ? refuse.TypeOf3 : refuse.TypeOf2, refuse.Why,
                    new VdaErrorReference("orderId", next.OrderId),
                    new VdaErrorReference("orderUpdateId", next.OrderUpdateId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    new VdaErrorReference("headerId", next.HeaderId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                break;
            default:
                voice.State();
                break;
        }
    }

    /// <summary>Instant actions came in.</summary>
    public void Take(VdaInstantActions actions) => instant.Take(actions);

    /// <summary>Zones came in.</summary>
    public void Take(VdaZoneSetMessage zones) => Zones.Take(zones.ZoneSet);

    /// <summary>Answers came in.</summary>
    public void Take(VdaResponses responses)
    {
        foreach (var response in responses.Responses)
        {
            Zones.Answered(response);
        }
    }

    private void Begin(VdaOrder next)
    {
        (order, at, action, Cancelled) = (next, 0, 0, false);
        voice.Errors = [];
        ActionStates = [.. next.Nodes.SelectMany(one => one.Actions).Select(one => new VdaActionState(one.ActionId, VdaActionStatus.Waiting, one.ActionType))];
        busy.Begin(world.Agenda.Now);
        Go();
        StateSoon();
    }

    private void Join(VdaOrder joined)
    {
        var stood = !moving && !acting;
        order = joined;
        voice.Errors = [];
        ActionStates =
        [
            .. joined.Nodes.SelectMany(node => node.Actions).Select(one =>
                ActionStates.FirstOrDefault(state => state.ActionId == one.ActionId)
                ?? new VdaActionState(one.ActionId, VdaActionStatus.Waiting, one.ActionType)),
        ];
        if (stood)
        {
            busy.Begin(world.Agenda.Now);
            Go();
        }

        voice.State();
    }

    /// <summary>Ends the order: what waits has failed, what it is at comes to its end, and it stands at the next node. True when there was one.</summary>
    internal bool Cancel()
    {
        if (order is null || Cancelled || (!Busy && ActionStates.All(one => one.IsFinal)))
        {
            return false;
        }

        Forget();
        ActionStates = [.. ActionStates.Select(one => one.ActionStatus is VdaActionStatus.Running or VdaActionStatus.Finished ? one : one with { ActionStatus = VdaActionStatus.Failed })];
        return true;
    }

    private void Forget()
    {
        Cancelled = true;
        if (Zones.GiveUp() | world.Traffic.GiveUp(this))
        {
            moving = false;
        }

        Driving = moving;
        if (!moving && !acting)
        {
            busy.End(world.Agenda.Now);
        }
    }

    /// <summary>Holds it, or lets it go on.</summary>
    internal void Hold(bool hold)
    {
        Paused = hold;
        if (!hold && order is not null && !moving && !acting && !Cancelled)
        {
            Go();
        }
    }

    /// <summary>Tries a failed act again, or gives it up. False when there is none of that id.</summary>
    internal bool Retry(string id, bool skip)
    {
        if (ActionStates.All(one => one.ActionId != id || one.ActionStatus != VdaActionStatus.Retriable))
        {
            return false;
        }

        if (skip)
        {
            SetStatus(id, VdaActionStatus.Failed);
            StateSoon();
        }
        else
        {
            action--;
            Go();
        }

        return true;
    }

    private void Go()
    {
        if (Paused || Cancelled)
        {
            Driving = false;
            instant.Stood();
            StateSoon();
            return;
        }

        var node = order!.Nodes[at];
        if (action < node.Actions.Length)
        {
            Act(node.Actions[action]);
        }
        else if (at + 1 == order.Nodes.Length || !order.Nodes[at + 1].Released)
        {
            Driving = false;
            busy.End(world.Agenda.Now);
            StateSoon();
        }
        else
        {
            Drive(order.Nodes[at + 1]);
        }
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

        Zones.Enter(to, () => world.Traffic.Enter(
            this, to.Node, lastStop, () => world.Agenda.In(world.EdgeMilliseconds(here, to), () => Arrive(to))));
    }

    private void Arrive(RoutePoint to)
    {
        var left = here.Node;
        (here, moving) = (to, false);
        if (order is not null && at + 1 < order.Nodes.Length)
        {
            (at, action) = (at + 1, 0);
        }

        BatteryPermille = Math.Max(100, BatteryPermille - (at % 18 == 0 ? 1 : 0));
        if (left != to.Node)
        {
            world.Traffic.Leave(this, left);
        }

        Zones.Stand(to);
        if (order is { OrderUpdateId: > 0 } || order?.Nodes[^1] is { Released: false })
        {
            StateSoon();
        }

        if (order is null)
        {
            Driving = false;
            StateSoon();
        }
        else
        {
            Go();
        }
    }

    private void Act(VdaAction what)
    {
        (Driving, acting) = (false, true);
        SetStatus(what.ActionId, VdaActionStatus.Running);
        StateSoon();
        world.Agenda.In(world.Options.HandoverMilliseconds, () => Acted(what));
    }

    private void Acted(VdaAction what)
    {
        acting = false;
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

        SetStatus(what.ActionId, done ? VdaActionStatus.Finished : what.Retriable == true ? VdaActionStatus.Retriable : VdaActionStatus.Failed);
        action++;
        StateSoon();
        if ((done || Cancelled) && order is not null)
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

    /// <summary>What happens in one instant is told together. Of an order that was released as a whole, passed nodes are told with the next thing that matters; of one with horizon, each at once.</summary>
    internal void StateSoon()
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
