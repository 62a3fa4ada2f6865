using Microsoft.AspNetCore.Diagnostics;
using Warehouse.Contracts;
using Warehouse.Journal;

namespace Warehouse.Silo.Api;

/// <summary>What is nobody's answer becomes a problem document all the same: limits, a body cut off, a house that is busy or stopping.</summary>
public sealed class FailureProblems : IExceptionHandler
{
    // A guess, not measured: long enough for some commits, short enough for a caller who waits.
    private const string RetryAfterSeconds = "2";

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException bad => Results.Problem(bad.Message, statusCode: bad.StatusCode, title: "The request cannot be read"),
            CallLimitException or StreamBusyException => Results.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Busy"),
            TimeoutException => Results.Problem(
                "nobody knows yet whether it was done; send the same again", statusCode: StatusCodes.Status504GatewayTimeout, title: "No answer in time"),
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        if (exception is StreamBusyException)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }
}
