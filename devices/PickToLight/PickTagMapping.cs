using Warehouse.Domain.Devices;
using Warehouse.Domain.Picking;

namespace Warehouse.Devices.PickToLight;

/// <summary>Between our commands and signals and a tag's messages. Pure.</summary>
public static class PickTagMapping
{
    /// <summary>The message that lights or puts out; null for a command that is not a tag's.</summary>
    /// <param name="command">What is to be done.</param>
    /// <param name="lightSeconds">Seconds after which the tag goes dark by itself; 0 is never.</param>
    public static PickTagCommand? ToWire(MachineCommand command, int lightSeconds) => command switch
    {
        MachineCommand.ShowPick show => new PickTagCommand(show.Task.Text, show.Colour, Qty: show.Quantity, Text: show.Text, Ttl: lightSeconds),
        MachineCommand.LightOff off => new PickTagCommand(off.Task.Text, PickTagCommand.Off),
        _ => null,
    };

    /// <summary>The message that tells a tag that its event is durable here.</summary>
    public static PickTagCommand Confirmation(PickTagEvent heard) => new(heard.Id, Ack: heard.Seq, Boot: heard.Boot);

    /// <summary>The fact in a tag's event; null when it is none (a changed number, a time-out, a stray hand).</summary>
    public static DeviceSignal? ToSignal(PickTagEvent heard) => heard.Event switch
    {
        PickTagEventKind.Confirm => Press(heard, PressKind.Confirm),
        PickTagEventKind.Short => Press(heard, PressKind.Short),
        PickTagEventKind.QtyChanged or PickTagEventKind.Timeout or PickTagEventKind.Mispick => null,
    };

    /// <summary>True when the tag's state shows that it has the command: it is lit or was pressed for it, or is not lit any more.</summary>
    public static bool Has(PickTagState state, MachineCommand command) => command switch
    {
        MachineCommand.ShowPick show => state.Lit == show.Task.Text || state.Done == show.Task.Text,
        MachineCommand.LightOff off => state.Lit != off.Task.Text,
        _ => false,
    };

    /// <summary>True when what is lit can only come from us: a task of this warehouse.</summary>
    public static bool IsOurs(string lit, string warehouse) => lit.StartsWith(warehouse + "/", StringComparison.Ordinal);

    private static DeviceSignal.ButtonPressed Press(PickTagEvent heard, PressKind kind) =>
        new(PickTaskId.Parse(heard.Id), heard.Boot, heard.Seq, kind, heard.Qty);
}
