using System.Text.Json.Serialization;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Picking;

namespace Acme;

/// <summary>To a light, topic acme/serial/set: light up for a task, go dark, or take a press as heard.</summary>
public sealed record AcmeSet(string Task, string Colour, int Count, long? Heard = null);

/// <summary>From a light, topic acme/serial/state, retained: the task that it shows, and the one that was pressed last.</summary>
public sealed record AcmeState(string? Shows, string? Pressed);

/// <summary>From a light, topic acme/serial/press, repeated until it was taken as heard.</summary>
public sealed record AcmePress(string Task, int Count, long Number, long Boot);

/// <summary>Between the house's commands and signals and the light's messages. Pure: no clock, no wire.</summary>
public static class AcmeMapping
{
    public static AcmeSet? ToWire(MachineCommand command) => command switch
    {
        MachineCommand.ShowPick show => new AcmeSet(show.Task.Text, show.Colour, show.Quantity),
        MachineCommand.LightOff off => new AcmeSet(off.Task.Text, "off", 0),
        _ => null,
    };

    public static AcmeSet Heard(AcmePress press) => new(press.Task, "", 0, press.Number);

    public static DeviceSignal? ToSignal(AcmePress press) => GrainKey.IsKey(press.Task)
        ? new DeviceSignal.ButtonPressed(PickTaskId.Parse(press.Task), press.Boot, press.Number, PressKind.Confirm, press.Count)
        : null;

    public static bool Has(AcmeState state, MachineCommand command) => command switch
    {
        MachineCommand.ShowPick show => state.Shows == show.Task.Text || state.Pressed == show.Task.Text,
        MachineCommand.LightOff off => state.Shows != off.Task.Text,
        _ => false,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AcmeSet))]
[JsonSerializable(typeof(AcmeState))]
[JsonSerializable(typeof(AcmePress))]
public sealed partial class AcmeJson : JsonSerializerContext;
