namespace Warehouse.Grains.Tests.Toy;

/// <summary>A bound on waiting for an event that must come: a test that would hang fails instead, saying what for.</summary>
internal static class Within
{
    public static async Task<T> Bound<T>(this Task<T> task, string what)
    {
        await ((Task)task).Bound(what);
        return await task;
    }

    public static async Task Bound(this Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(30))) != task)
        {
            throw new TimeoutException($"after 30 s still waiting for: {what}");
        }

        await task;
    }
}
