
namespace Warehouse.Silo.Hosting;

/// <summary>A part of the house that lives with the silo: started at a stage of its start, stopped at the same one on its way down.</summary>
public sealed class SiloLife(string name, int stage, Func<Task> start, Func<Task> stop) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Before any grain is active, and still there when the last one has gone: committer and feed.</summary>
    public const int BeforeGrains = ServiceLifecycleStage.RuntimeStorageServices;

    /// <summary>Once calls may come: the dispatcher.</summary>
    public const int WithGrains = ServiceLifecycleStage.Active;

    /// <summary>After that: whoever calls grains from outside, sessions and the demo's feed.</summary>
    public const int AfterGrains = ServiceLifecycleStage.Active + 1_000;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(name, stage, _ => start(), _ => stop());
}

/// <summary>How parts are registered with the silo's life.</summary>
public static class SiloLifeRegistration
{
    /// <summary>The part starts and stops with the silo.</summary>
    public static IServiceCollection AddSiloLife(
        this IServiceCollection services, string name, int stage, Func<IServiceProvider, Task> start, Func<IServiceProvider, Task> stop) =>
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(house =>
            new SiloLife(name, stage, () => start(house), () => stop(house)));
}
