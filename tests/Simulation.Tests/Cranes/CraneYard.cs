using System.Collections.Immutable;
using Warehouse.Devices.Links.Memory;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Simulation.House;
using Warehouse.Simulation.Plant;

namespace Warehouse.Simulation.Tests.Cranes;

/// <summary>One aisle with its crane, its session and its streams on the deterministic scheduler.</summary>
internal sealed class CraneYard
{
    public static readonly AisleId Aisle = new("MAIN/A01");
    private static readonly DeviceId Device = FloorPlan.Device(Aisle);
    private readonly SimulatedHouse house;
    private readonly VirtualCrane crane;
    private int calls;
    private int told;

    public CraneYard(Func<HouseOptions, HouseOptions>? tamper = null)
    {
        var plan = new WarehousePlan(
            WarehouseId.Parse("MAIN"), "Yard", 52_000_000, -1_000_000, Aisles: 1, Columns: 3, Levels: 2, Stations: 1, SlotsPerStation: 1,
            DocksPerStation: 1, Vehicles: 1, OutPlacesPerAisle: 2, InPlacesPerAisle: 2, 0);
        var options = tamper?.Invoke(new HouseOptions()) ?? new HouseOptions();
        house = new SimulatedHouse(7, new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero), [plan], options);
        crane = house.Plant.Cranes.Single();
        Witness = new CraneWitness(house.Plant.Truth.Standing);
        crane.Moved = Witness.See;
        house.Cranes[Device].Fault = _ => calls++ == LostCall ? Loss : OpcUaFault.None;
        var before = house.Scheduler.BetweenSteps;
        house.Scheduler.BetweenSteps = steps =>
        {
            before?.Invoke(steps);
            Strike();
        };
    }

    public CraneWitness Witness { get; }

    public int Calls => calls;

    /// <summary>Which call to the crane is lost, and how.</summary>
    public int LostCall { get; init; } = -1;

    public OpcUaFault Loss { get; init; }

    /// <summary>After which motion of the crane the session is cut.</summary>
    public int CutAt { get; set; } = -1;

    /// <summary>After which motion of the crane the controller is killed and started again.</summary>
    public int KillAt { get; set; } = -1;

    public VirtualCrane Crane => crane;

    public FloorTruth Truth => house.Plant.Truth;

    /// <summary>A floor with these totes; the aisle is so many bins deep.</summary>
    public CraneYard Open(int depth, params (string Lpn, string Place)[] totes)
    {
        house.Plant.Fill(totes.Select(tote => (new Lpn(tote.Lpn), PlaceOf(tote.Place))));
        Witness.Begin();
        house.Scheduler.Run(async () =>
        {
            await house.Start();
            await house.Tell(Aisle.Stream, Named(new CraneCommand.Open(Aisle, Device, 3, 2, depth)));
            await house.Tell(Device.Stream, Named(new DeviceCommand.Register(Device, DeviceKind.Crane, Aisle.Stream)));
            await house.Tell(Aisle.Stream, Named(new CraneCommand.Fill(
                [.. totes.Where(tote => tote.Place.StartsWith("bin/", StringComparison.Ordinal)).Select(tote => new BinFill(PlaceOf(tote.Place), new Lpn(tote.Lpn)))])));
            foreach (var (lpn, place) in totes)
            {
                await house.Tell(new Lpn(lpn).Stream, Named(new ToteCommand.Receive(
                    "opening", new Lpn(lpn), WarehouseId.Parse("MAIN"), PlaceOf(place), Sku.Parse("G1"), LotId.Parse("L1"), 1)));
            }
        });
        return this;
    }

    public Answer Tell(CraneCommand command)
    {
        var answer = house.Scheduler.Run(() => house.Tell(Aisle.Stream, Named(command)));
        Assert.True(answer.Accepted, $"{command}: {answer.Reason}");
        return answer;
    }

    public CraneYard Pass(int minutes = 15)
    {
        house.Scheduler.RunTo(house.Scheduler.Clock.Elapsed + TimeSpan.FromMinutes(minutes));
        return this;
    }

    /// <summary>What must not be; empty for a right run.</summary>
    public IReadOnlyList<string> Findings()
    {
        Witness.Finish(Book(), house.Plant.Truth.Mishaps);
        if (house.Store.Effects.Any(effect => effect.Due is null))
        {
            Witness.Seen.Add("effects are left");
        }

        return Witness.Seen;
    }

    public static PlaceId PlaceOf(string place) => new($"{Aisle}/{place}");

    /// <summary>Where the journal says that totes are.</summary>
    public ImmutableSortedDictionary<Lpn, PlaceId> Book()
    {
        var book = ImmutableSortedDictionary.CreateBuilder<Lpn, PlaceId>();
        foreach (var row in house.Store.ReadFeed(0, int.MaxValue).GetAwaiter().GetResult().Where(row => row.Stream.Noun == "tote"))
        {
            foreach (var happened in house.Codec.Decode(row.Body.Span).Events)
            {
                book[new Lpn(row.Stream.Key)] = happened switch
                {
                    ToteEvent.Received it => it.Place,
                    ToteEvent.Moved it => it.To,
                    _ => throw new InvalidOperationException(happened.ToString()),
                };
            }
        }

        return book.ToImmutable();
    }

    private void Strike()
    {
        if (CutAt >= 0 && Witness.Motions >= CutAt)
        {
            CutAt = -1;
            house.Cranes[Device].Cut();
        }

        if (KillAt >= 0 && Witness.Motions >= KillAt)
        {
            KillAt = -1;
            house.KillAndRestart();
        }
    }

    private Envelope Named(Command command) => Envelope.From($"yard {told++}", command);
}
