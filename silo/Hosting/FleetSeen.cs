using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Totes;
using Warehouse.Journal;
using Warehouse.Silo.Settings;
using Warehouse.Simulation.Plant;

namespace Warehouse.Silo.Hosting;

/// <summary>
/// What a plant of its own process asks the silo at its start: the time on the floor, and where the journal last saw the
/// vehicles. Virtual vehicles die with their process; real ones would know both themselves.
/// </summary>
/// <param name="Now">The floor's time, in Unix milliseconds.</param>
/// <param name="Vehicles">Vehicles that have been somewhere.</param>
public sealed record FleetSeen(long Now, ImmutableArray<FleetSeen.Vehicle> Vehicles)
{
    /// <summary>Where the silo answers.</summary>
    public const string Path = "/api/plant";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>One vehicle, as <see cref="RecalledVehicle"/> has it.</summary>
    public sealed record Vehicle(string Id, string At, string? Load, string? Mission, int LegsDone, int NodesDone, ImmutableArray<RoutePoint> Way);

    /// <summary>The floor's time.</summary>
    public Moment Time => new(Now);

    /// <summary>Reads it from the journal.</summary>
    public static async Task<FleetSeen> Read(IJournalStore store, JournalCodec codec, TimeProvider floor)
    {
        var recall = new PlantRecall([]);
        await recall.Follow(store, codec);
        return new FleetSeen(Moment.Of(floor.GetUtcNow()).UnixMilliseconds, [.. recall.Vehicles.Select(pair => Of(pair.Key, pair.Value))]);
    }

    /// <summary>Asks the silo until it answers.</summary>
    public static async Task<FleetSeen> Ask(ApiOptions api, TimeProvider real)
    {
        using var http = new HttpClient { BaseAddress = new Uri(api.Upstream) };
        http.DefaultRequestHeaders.Add("X-Api-Key", api.Key);
        while (true)
        {
            try
            {
                return await http.GetFromJsonAsync<FleetSeen>(Path) ?? throw new HttpRequestException("an empty answer");
            }
            catch (HttpRequestException failure) when (failure.StatusCode is null or >= System.Net.HttpStatusCode.InternalServerError)
            {
                await Task.Delay(Again, real);
            }
            catch (HttpRequestException refused)
            {
                throw new SettingException($"Warehouse:Api:Upstream {api.Upstream} refuses: {refused.Message}");
            }
        }
    }

    /// <summary>The vehicles as the virtual plant takes them.</summary>
    public IReadOnlyDictionary<VehicleId, RecalledVehicle> Recalled() => Vehicles.ToDictionary(one => VehicleId.Parse(one.Id), one => new RecalledVehicle(
        PlaceId.Parse(one.At), one.Load is { } load ? Lpn.Parse(load) : null, one.Mission is { } mission ? MissionId.Parse(mission) : null,
        one.LegsDone, one.NodesDone, one.Way));

    private static Vehicle Of(VehicleId id, RecalledVehicle seen) =>
        new(id.Text, seen.At.Text, seen.Load?.Text, seen.Mission?.Text, seen.LegsDone, seen.NodesDone, seen.Way);
}
