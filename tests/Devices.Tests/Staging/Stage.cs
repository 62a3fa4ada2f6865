using Warehouse.Devices.Conformance;

namespace Warehouse.Devices.Tests.Staging;

/// <summary>The conformance kit's stage: one thread and one clock on which everything under test runs, so that a test is the same each time and never waits.</summary>
internal sealed class Stage : KitStage
{
    /// <inheritdoc cref="KitStage.Finish{T}"/>
    public T Finish<T>(Func<Task<T>> start) => Finish("what the test began", start);

    /// <inheritdoc cref="KitStage.Finish{T}"/>
    public void Finish(Func<Task> start) => Finish("what the test began", start);
}
