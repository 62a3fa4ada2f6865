using Microsoft.AspNetCore.Http.Features;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Orders;

namespace Warehouse.Silo.Api;

/// <summary>
/// Ids that somebody else made, in addresses. The server decodes a path only in part ("%2F" stays), so such an id is read
/// from the raw target: <c>..%2F..%2F%23%2B</c> is the id <c>../../#+</c> and nothing else.
/// </summary>
public static class ExternalIds
{
    /// <summary>Longest external id, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Longest channel name, in characters.</summary>
    public const int MaxChannel = 32;

    /// <summary>A segment of the address, from 0, decoded exactly once.</summary>
    public static string Segment(HttpRequest request, int index)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0];
        return Uri.UnescapeDataString(path.Split('/', StringSplitOptions.RemoveEmptyEntries)[index]);
    }

    /// <summary>What is wrong with a channel and an external id.</summary>
    public static IEnumerable<FieldProblem> Check(string? channel, string? externalId)
    {
        if (!GrainKey.IsPart(channel) || channel!.Length > MaxChannel)
        {
            yield return new FieldProblem("channel", $"must be 1 to {MaxChannel} characters of A-Z a-z 0-9 . _ -");
        }

        if (string.IsNullOrEmpty(externalId) || externalId.Length > MaxLength)
        {
            yield return new FieldProblem("externalId", $"must have 1 to {MaxLength} characters, has {externalId?.Length ?? 0}");
        }
        else if (externalId.Any(char.IsControl))
        {
            yield return new FieldProblem("externalId", "must not hold control characters");
        }
    }

    /// <summary>The order of a channel's id; one that does not fit a key stands under its digest.</summary>
    public static OrderId Order(string channel, string externalId) => OrderId.Parse($"{channel}/{GrainKey.PartFor(externalId)}");
}
