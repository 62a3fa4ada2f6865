using System.Collections.Immutable;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Orders;
using Warehouse.Domain.Shipping;
using Warehouse.Domain.Totes;

namespace Warehouse.Simulation.Checking;

/// <summary>One parcel: closed once, and then either shipped once or unpacked.</summary>
internal sealed class ParcelBook(StreamId stream)
{
    public StreamId Stream => stream;

    public OrderId Order { get; private set; }

    public WarehouseId Warehouse { get; private set; }

    public ImmutableArray<ToteContent> Contents { get; private set; } = [];

    public bool IsShipped { get; private set; }

    public bool IsVoid { get; private set; }

    public void See(in Seen seen, Findings findings)
    {
        switch (seen.Event)
        {
            case ParcelEvent.Packed it:
                findings.Demand(Contents.IsEmpty, seen, "packed twice");
                (Order, Warehouse, Contents) = (it.Order, it.Warehouse, it.Contents);
                break;
            case ParcelEvent.Shipped:
                findings.Demand(!IsShipped && !IsVoid && !Contents.IsEmpty, seen, "shipped twice, empty, or after it was unpacked");
                IsShipped = true;
                break;
            case ParcelEvent.Voided:
                findings.Demand(!IsShipped && !IsVoid, seen, "unpacked twice, or after it was shipped");
                IsVoid = true;
                break;
        }
    }
}
