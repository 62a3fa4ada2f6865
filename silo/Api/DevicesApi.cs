using System.Text.Json.Nodes;
using Warehouse.Contracts;
using Warehouse.Devices.Manifests;
using Warehouse.Devices.Recording;
using Warehouse.Devices.Sessions;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Silo.Devices;
using Warehouse.Silo.Intake;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Api;

/// <summary>A device's mode as somebody sets it.</summary>
public sealed record ModeForm(string? Mode, string? Who, string? Why);

/// <summary>Somebody's answer to a difference.</summary>
public sealed record DifferenceForm(string? Id, string? Answer, string? Who);

/// <summary>Devices: what runs, how it is; manifests put and deleted while it runs; modes and differences.</summary>
public static class DevicesApi
{
    private const string Limit = "Warehouse:Devices (64 KiB a manifest)";
    private const int MaxText = 256;

    /// <summary>Maps /api/devices and /api/device-schema.</summary>
    public static void MapDevices(this WebApplication app, ApiOptions options)
    {
        app.MapGet("/api/device-schema", (SessionHost sessions) => ManifestJson.SchemaOf(sessions.Adapters)).WithTags("Devices")
            .WithSummary("The JSON schema of device manifests, for the adapters that this house has.");
        app.MapGet("/api/devices", List).WithTags("Devices").WithSummary("Every device with its manifest and health, and manifests that were refused.");
        app.MapGet("/api/devices/{warehouse}/{device}", Read).WithTags("Devices").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A device: manifest, health, mode, open differences, and its last raw signals.");
        app.MapPut("/api/devices/{warehouse}/{device}", Put).WithTags("Devices").ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Add a device, or run it by another manifest. A wrong one names file, key and rule, and changes nothing.");
        app.MapDelete("/api/devices/{warehouse}/{device}", Delete).WithTags("Devices").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Forget a device's manifest: its session ends; a machine of the floor plan runs by its default again.");
        app.MapPost("/api/devices/{warehouse}/{device}/mode", (string warehouse, string device, HttpRequest request, IGrainFactory grains) =>
                Mode(warehouse, device, request, grains, options))
            .WithTags("Devices").Accepts<ModeForm>("application/json").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Observe, manual or automatic, with who and why. Automatic waits until every difference is answered.");
        app.MapPost("/api/devices/{warehouse}/{device}/differences", (string warehouse, string device, HttpRequest request, IGrainFactory grains) =>
                Settle(warehouse, device, request, grains, options))
            .WithTags("Devices").Accepts<DifferenceForm>("application/json").ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Answer what a device's read-back found to differ.");
    }

    private static JsonObject List(SessionHost sessions, DeviceFolder folder)
    {
        var manifests = sessions.Manifests.ToDictionary(manifest => manifest.Id);
        return new JsonObject
        {
            ["devices"] = new JsonArray([.. sessions.Health.Where(health => manifests.ContainsKey(health.Device)).Select(health => Of(manifests[health.Device], health))]),
            ["refused"] = new JsonArray([.. folder.Refused.Select(one => new JsonObject { ["file"] = one.File, ["key"] = one.Key, ["rule"] = one.Rule })]),
        };
    }

    private static async Task<IResult> Read(string warehouse, string device, SessionHost sessions, DeviceRecording recording, IGrainFactory grains)
    {
        var id = IdOf(warehouse, device);
        if (id is not { } known || sessions.Manifests.FirstOrDefault(one => one.Id == known) is not { } manifest)
        {
            return Problems.Unknown($"device {OrderRules.Short($"{warehouse}/{device}")}");
        }

        var state = await grains.GetGrain<IDeviceGrain>(known.Text).Read();
        var json = Of(manifest, sessions.Health.First(health => health.Device == known));
        json["state"] = new JsonObject
        {
            ["mode"] = $"{state.Mode}".ToLowerInvariant(),
            ["owner"] = state.Owner?.Text,
            ["online"] = state.Online,
            ["host"] = state.Host,
            ["epoch"] = state.Epoch,
            ["outbox"] = state.Outbox.Length,
            ["differences"] = new JsonArray([.. state.Differences.Select(one => new JsonObject
            {
                ["id"] = one.Id,
                ["what"] = one.What,
                ["answers"] = new JsonArray([.. one.Answers.Select(answer => JsonValue.Create(answer))]),
            })]),
        };
        json["recording"] = new JsonArray([.. recording.Of(known).Select(one => JsonValue.Create($"{one.At} {one.What} {one.Value}"))]);
        return Results.Ok(json);
    }

    private static async Task<IResult> Put(string warehouse, string device, HttpRequest request, DeviceFolder folder)
    {
        JsonBody.Bound(request, ManifestFile.MaxBytes);
        var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(ManifestFile.MaxBytes, Limit);
        }

        if (IdOf(warehouse, device) is not { } id)
        {
            return Problems.Unknown($"device {OrderRules.Short($"{warehouse}/{device}")}");
        }

        try
        {
            return Results.Ok(ManifestJson.Of(await folder.Put(id, body.ToArray())));
        }
        catch (ManifestException wrong)
        {
            return Problems.Broken([new FieldProblem(wrong.Key, wrong.Rule, File: wrong.File)]);
        }
    }

    private static async Task<IResult> Delete(string warehouse, string device, DeviceFolder folder) =>
        IdOf(warehouse, device) is { } id && await folder.Delete(id)
            ? Results.NoContent()
            : Problems.Unknown($"manifest of {OrderRules.Short($"{warehouse}/{device}")}");

    private static async Task<IResult> Mode(string warehouse, string device, HttpRequest request, IGrainFactory grains, ApiOptions options)
    {
        var (form, unreadable) = await JsonBody.Read<ModeForm>(request, options.MaxOrderBytes, "Warehouse:Api:MaxOrderBytes");
        if (form is null)
        {
            return unreadable!;
        }

        var mode = form.Mode switch { "observe" => DeviceMode.Observe, "manual" => DeviceMode.Manual, "automatic" => DeviceMode.Automatic, _ => (DeviceMode?)null };
        List<FieldProblem> broken =
        [
            .. mode is null ? [new FieldProblem("mode", "one of observe, manual, automatic")] : Array.Empty<FieldProblem>(),
            .. Named("who", form.Who), .. Named("why", form.Why),
        ];
        return broken.Count > 0
            ? Problems.Broken(broken)
            : await Tell(warehouse, device, new DeviceCommand.SetMode(mode!.Value, form.Who!, form.Why!), request, grains);
    }

    private static async Task<IResult> Settle(string warehouse, string device, HttpRequest request, IGrainFactory grains, ApiOptions options)
    {
        var (form, unreadable) = await JsonBody.Read<DifferenceForm>(request, options.MaxOrderBytes, "Warehouse:Api:MaxOrderBytes");
        if (form is null)
        {
            return unreadable!;
        }

        List<FieldProblem> broken = [.. Named("id", form.Id), .. Named("answer", form.Answer), .. Named("who", form.Who)];
        return broken.Count > 0
            ? Problems.Broken(broken)
            : await Tell(warehouse, device, new DeviceCommand.Settle(form.Id!, form.Answer!, form.Who!), request, grains);
    }

    private static async Task<IResult> Tell(string warehouse, string device, DeviceCommand command, HttpRequest request, IGrainFactory grains)
    {
        if (IdOf(warehouse, device) is not { } id)
        {
            return Problems.Unknown($"device {OrderRules.Short($"{warehouse}/{device}")}");
        }

        var answer = await grains.GetGrain<IDeviceGrain>(id.Text).Execute(Envelope.From($"api/{request.HttpContext.TraceIdentifier}/{DateTimeOffset.UtcNow.Ticks}", command));
        return answer.Accepted ? Results.NoContent()
            : answer.Is(DeviceRefusal.Unknown) ? Problems.Unknown($"device {id}")
            : Problems.Refused(answer);
    }

    internal static IEnumerable<FieldProblem> Named(string field, string? text) =>
        text is { Length: >= 1 and <= MaxText } ? [] : [new FieldProblem(field, $"must be 1 to {MaxText} characters")];

    private static DeviceId? IdOf(string warehouse, string device) =>
        GrainKey.IsPart(warehouse) && GrainKey.IsPart(device) && GrainKey.IsKey($"{warehouse}/{device}") ? new DeviceId($"{warehouse}/{device}") : null;

    private static JsonObject Of(DeviceManifest manifest, DeviceHealth health) => new()
    {
        ["manifest"] = ManifestJson.Of(manifest),
        ["health"] = new JsonObject
        {
            ["held"] = health.Held,
            ["unsent"] = health.Unsent,
            ["unreported"] = health.Unreported,
            ["capacity"] = health.Capacity,
            ["turnedAway"] = health.TurnedAway,
            ["notUnderstood"] = health.NotUnderstood,
            ["lastFault"] = health.LastFault,
        },
    };
}
