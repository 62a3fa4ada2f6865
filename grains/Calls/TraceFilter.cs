using System.Diagnostics;
using Warehouse.Domain.Deciding;

namespace Warehouse.Grains;

/// <summary>Puts every command of every grain into the trace: which stream, which command, what it answered.</summary>
public sealed class TraceFilter : IIncomingGrainCallFilter
{
    /// <summary>The source's name, for whoever collects traces.</summary>
    public const string SourceName = "Warehouse.Grains";

    private static readonly ActivitySource Source = new(SourceName);

    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!Source.HasListeners() || context.Request.GetArgumentCount() == 0 || context.Request.GetArgument(0) is not Envelope envelope)
        {
            await context.Invoke();
            return;
        }

        using var activity = Source.StartActivity(envelope.Body.GetType().Name, ActivityKind.Server);
        activity?.SetTag("warehouse.stream", context.TargetId.ToString());
        activity?.SetTag("warehouse.command.id", envelope.Id);
        await context.Invoke();
        if (context.Result is Answer answer)
        {
            activity?.SetTag("warehouse.answer", answer.Cause ?? "yes");
        }
    }
}
