using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Rfid;
using Warehouse.Domain.Totes;

namespace Warehouse.Domain.Shipping;

/// <summary>What a parcel is told.</summary>
[GenerateSerializer, Immutable, Alias("parcel.command")]
public abstract record ParcelCommand : Command
{
    private ParcelCommand() { }

    /// <summary>Close the carton: these contents, this mass, to be handed to the carrier at the collection time.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.pack")]
    public sealed record Pack(
        [property: Id(0)] Sscc Sscc, [property: Id(1)] OrderId Order, [property: Id(2)] WarehouseId Warehouse,
        [property: Id(3)] ImmutableArray<ToteContent> Contents, [property: Id(4)] long MassGrams,
        [property: Id(5)] string Carrier, [property: Id(6)] Moment CollectAt) : ParcelCommand;

    /// <summary>The collection time has come: the carrier takes the parcel.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.hand-over")]
    public sealed record HandOver : ParcelCommand;

    /// <summary>The order was cancelled: do not hand over, unpack.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.void")]
    public sealed record Void([property: Id(0)] string Reason) : ParcelCommand;

    /// <summary>A reader saw the parcel; Leaving when it went out of the house. Answers only; a sighting hands nothing over.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.seen")]
    public sealed record Seen([property: Id(0)] bool Leaving, [property: Id(1)] TagWitness? By = null) : ParcelCommand;
}

/// <summary>What happens to a parcel.</summary>
[GenerateSerializer, Immutable, Alias("parcel.event")]
public abstract record ParcelEvent : Event
{
    private ParcelEvent() { }

    /// <summary>The carton is closed; its contents never change again.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.packed")]
    public sealed record Packed(
        [property: Id(0)] Sscc Sscc, [property: Id(1)] OrderId Order, [property: Id(2)] WarehouseId Warehouse,
        [property: Id(3)] ImmutableArray<ToteContent> Contents, [property: Id(4)] long MassGrams,
        [property: Id(5)] string Carrier, [property: Id(6)] Moment CollectAt) : ParcelEvent;

    /// <summary>The carrier has it.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.shipped")]
    public sealed record Shipped([property: Id(0)] Moment At) : ParcelEvent;

    /// <summary>It was unpacked before it left.</summary>
    [GenerateSerializer, Immutable, Alias("parcel.voided")]
    public sealed record Voided([property: Id(0)] string Reason) : ParcelEvent;
}

/// <summary>Why a parcel says no, in the order in which it is checked.</summary>
public enum ParcelRefusal
{
    /// <summary>Nothing inside, or more than a carrier takes.</summary>
    NotAParcel,
    /// <summary>The number stands for other contents.</summary>
    AnotherParcel,
    /// <summary>No such parcel.</summary>
    Unknown,
    /// <summary>The carrier has it already.</summary>
    AlreadyShipped,
    /// <summary>It was unpacked already.</summary>
    AlreadyVoided,
    /// <summary>It was seen leaving, and no carrier has it by the book.</summary>
    StillHere,
}
