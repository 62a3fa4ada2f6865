using System.Security.Cryptography;
using System.Text;
using Warehouse.Dashboard.Hubs;
using Warehouse.Silo.Hosting;
using Warehouse.Silo.Settings;

namespace Warehouse.Silo.Api;

/// <summary>The HTTP door: what stands before every request, and which resources there are.</summary>
public static class ApiHosting
{
    private const string KeyHeader = "X-Api-Key";
    private const string KeyCookie = "warehouse-key";

    /// <summary>Adds problem documents and the OpenAPI document.</summary>
    public static IServiceCollection AddWarehouseApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<FailureProblems>();
        services.AddOpenApi();
        services.AddSingleton<OrderImport>();
        services.AddSingleton<OrderReading>();
        return services;
    }

    /// <summary>Maps everything that the settings ask this process to serve.</summary>
    public static void MapWarehouse(this WebApplication app, WarehouseSettings settings)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (settings.Api.Key.Length > 0)
        {
            app.Use((context, next) => Admit(context, next, settings.Api.Key));
        }

        if (settings.Process.Runs("silo"))
        {
            app.MapOpenApi();
            app.MapOrders(settings.Api);
            app.MapStock(settings.Api);
            app.MapDevices(settings.Api);
            app.MapAreas(settings.Api);
            app.MapExceptions();
            app.MapCranes(settings.Api);
            app.MapPlant();
            app.MapBroker(settings.Mqtt);
            app.MapHub<FloorHub>(FloorHub.Path);
        }

        if (settings.Process.Runs("page"))
        {
            app.MapWarehousePage();
        }
    }

    /// <summary>The key comes in a header or, for a browser, once in the address and then in a cookie.</summary>
    private static async Task Admit(HttpContext context, RequestDelegate next, string key)
    {
        var request = context.Request;
        var fromAddress = request.Query["key"].ToString();
        var offered = request.Headers[KeyHeader].FirstOrDefault() ?? request.Cookies[KeyCookie] ?? fromAddress;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(key)))
        {
            await Results.Problem($"send the key as {KeyHeader}", statusCode: StatusCodes.Status401Unauthorized, title: "No key").ExecuteAsync(context);
            return;
        }

        if (fromAddress.Length > 0)
        {
            context.Response.Cookies.Append(KeyCookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
        }

        await next(context);
    }
}
