using System.Net;
using System.Net.WebSockets;
using Warehouse.Dashboard.Board;
using Warehouse.Devices.Links;
using Warehouse.Devices.Links.Mqtt;
using Warehouse.Devices.Sessions;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Hosting;

/// <summary>The embedded broker beside the house, and what is told of it and of our own link.</summary>
public static class BrokerHosting
{
    /// <summary>Where the broker speaks over WebSocket (MQTT 5, section 6: the subprotocol is mqtt).</summary>
    public const string WebSocketPath = "/mqtt";

    /// <summary>The broker of this process, and its users.</summary>
    public sealed record Embedded(MqttNetBroker Broker, MqttUsers? Users);

    /// <summary>Starts it where the settings ask for one; gives null where another broker serves.</summary>
    public static async Task<Embedded?> Start(WarehouseSettings settings, List<IAsyncDisposable> closing)
    {
        if (!settings.Process.Runs("broker") || settings.Mqtt.Host.Length > 0)
        {
            return null;
        }

        Directory.CreateDirectory(settings.Data.Folder);
        var options = settings.Mqtt.Broker(settings.Data.Folder);
        var broker = new MqttNetBroker(options, TimeProvider.System);
        await broker.Start();
        closing.Add(broker);
        if (broker.Port != settings.Mqtt.Port)
        {
            Console.WriteLine($"broker: port {settings.Mqtt.Port} is taken, using {broker.Port}");
        }

        return new Embedded(broker, options.Users);
    }

    /// <summary>The options by which a side of this process, silo or plant, connects: to the embedded broker as its user of that name.</summary>
    public static MqttLinkOptions LinkOf(MqttLinkOptions external, Embedded? embedded, string side)
    {
        var options = external with { ClientId = $"warehouse-{side}", Presence = side == "silo" ? external.Presence : null };
        return embedded is null ? options : options with
        {
            Host = IPAddress.Loopback.ToString(), Port = embedded.Broker.Port, Tls = null, Version = MqttVersion.V5,
            User = embedded.Users is null ? "" : side, Password = embedded.Users?.PasswordOf(side) ?? "",
        };
    }

    /// <summary>Maps /api/broker, and /mqtt where the settings ask for it.</summary>
    public static void MapBroker(this WebApplication app, MqttOptions settings)
    {
        app.MapGet("/api/broker", (SessionHost sessions, IServiceProvider house) => new
            {
                link = sessions.MqttHealth,
                broker = house.GetService<Embedded>()?.Broker.Health,
            })
            .WithTags("Floor").WithSummary("The link to the MQTT broker (state, counts, what waits, lag), and the embedded broker where it runs here.");
        app.Services.GetRequiredService<FloorBoard>().Wire = () => View(app.Services.GetRequiredService<SessionHost>(), app.Services.GetService<Embedded>());
        if (settings.WebSocket && app.Services.GetService<Embedded>() is { } embedded)
        {
            app.UseWebSockets();
            app.Map(WebSocketPath, context => Serve(context, embedded.Broker));
        }
    }

    private static WireView View(SessionHost sessions, Embedded? embedded)
    {
        var link = sessions.MqttHealth;
        var broker = embedded?.Broker.Health;
        return new WireView(
            link.State == LinkState.Up, (long)link.Lag.TotalMilliseconds, link.Held, link.Shed + (broker?.QueueShed ?? 0), broker?.Clients);
    }

    private static async Task Serve(HttpContext context, MqttNetBroker broker)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains("mqtt"))
        {
            await Results.Problem("open a WebSocket with the subprotocol mqtt", statusCode: StatusCodes.Status400BadRequest, title: "No WebSocket").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync("mqtt");
        var from = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort);
        await broker.Serve(WebSocketStream.Create(socket, WebSocketMessageType.Binary, TimeSpan.FromSeconds(5)), from);
    }
}
