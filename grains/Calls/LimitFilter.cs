using Warehouse.Contracts;
using Warehouse.Domain.Deciding;

namespace Warehouse.Grains;

/// <summary>
/// Turns calls away that break a limit, before anything is decided. It throws instead of refusing: a refusal is an
/// answer of the noun, and a dispatcher that got one would take its effect for settled.
/// </summary>
public sealed class LimitFilter(CallLimits limits) : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is not ICountCalls grain || context.Request.GetArgumentCount() == 0 ||
            context.Request.GetArgument(0) is not Envelope envelope)
        {
            await context.Invoke();
            return;
        }

        CheckId(envelope);
        if (grain.Waiting >= limits.MaxWaiting)
        {
            throw new CallLimitException($"{context.TargetId}: {grain.Waiting} commands wait already, the limit is {limits.MaxWaiting}; try again later");
        }

        grain.Waiting++;
        try
        {
            await context.Invoke();
        }
        finally
        {
            grain.Waiting--;
        }
    }

    private static void CheckId(Envelope envelope)
    {
        if (envelope.Effect is null && envelope.Id.Length is 0 or > CallLimits.MaxIdLength)
        {
            throw new CallLimitException($"a command's id has 1 to {CallLimits.MaxIdLength} characters, this one has {envelope.Id.Length}");
        }
    }
}
