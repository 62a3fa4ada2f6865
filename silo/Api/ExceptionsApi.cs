using Warehouse.Dashboard.Board;

namespace Warehouse.Silo.Api;

/// <summary>What does not move by itself, with the reason.</summary>
public static class ExceptionsApi
{
    /// <summary>Maps /api/exceptions and /api/health.</summary>
    public static void MapExceptions(this WebApplication app)
    {
        app.MapGet("/api/exceptions", (FloorBoard board) => board.Exceptions()).WithTags("Floor").Produces<IEnumerable<ExceptionView>>()
            .WithSummary("Orders, machines and reversals that wait for a person, with the reason.");
        app.MapGet("/api/health", (FloorBoard board) => new { journal = board.Position, open = board.Snapshot().Orders.Open }).WithTags("Floor")
            .WithSummary("Up, and how far the page has followed the journal.");
    }
}
