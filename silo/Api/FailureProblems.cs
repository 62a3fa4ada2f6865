using Microsoft.AspNetCore.Diagnostics;
using Warehouse.Contracts;

namespace Warehouse.Silo.Api;

/// <summary>What is nobody's answer becomes a problem document all the same: limits, a body cut off, a house that is busy or stopping.</summary>
public sealed class FailureProblems : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException bad => Results.Problem(bad.Message, statusCode: bad.StatusCode, title: "The request cannot be read"),
            CallLimitException limit => Results.Problem(limit.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Busy"),
            TimeoutException => Results.Problem(
                "nobody knows yet whether it was done; send the same again", statusCode: StatusCodes.Status504GatewayTimeout, title: "No answer in time"),
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }
}
