using System.Collections.Immutable;
using Warehouse.Domain.Cranes;
using Warehouse.Domain.Deciding;
using Warehouse.Domain.Devices;
using Warehouse.Domain.Fleet;
using Warehouse.Domain.Inventory;
using Warehouse.Domain.Layout;
using Warehouse.Domain.Picking;
using Warehouse.Domain.Products;
using Warehouse.Domain.Totes;
using Warehouse.Domain.Warehouses;
using Warehouse.Simulation.Samples;

namespace Warehouse.Simulation.Opening;

/// <summary>A command that sets up the house, under an id that stays the same: said again after a restart it changes nothing.</summary>
public sealed record OpeningCommand(StreamId Target, Envelope Envelope)
{
    internal static OpeningCommand To(StreamId target, Command body, string what = "open") =>
        new(target, Envelope.From($"opening/{what}", body));
}

/// <summary>What opens the house: products, floors with their machines, and the totes that stand in the racks.</summary>
public static class OpeningCommands
{
    /// <summary>All of it. The order matters only for people: no command waits for another.</summary>
    public static ImmutableArray<OpeningCommand> Of(SampleFiles files) =>
    [
        .. files.Products.Select(Product),
        .. files.Floor.SelectMany(plan => Floor(plan, files.Stock)),
        .. files.Stock.SelectMany(Tote),
    ];

    /// <summary>The place of a bin as <c>stock.csv</c> names it.</summary>
    public static PlaceId Bin(StockRow row) => PlaceId.Parse($"{row.Warehouse}/{row.Aisle}/bin/{row.Bin[(row.Aisle.Length + 1)..]}");

    private static OpeningCommand Product(ProductRow row) => OpeningCommand.To(
        StreamId.Of("product", row.Sku.Text),
        new ProductCommand.Define(
            row.Sku, row.Description, row.MassGrams,
            new Size(row.LengthMillimetres, row.WidthMillimetres, row.HeightMillimetres), row.Barcode, row.UnitsPerTote),
        "define");

    private static IEnumerable<OpeningCommand> Floor(WarehousePlan plan, ImmutableArray<StockRow> stock)
    {
        var totes = stock.Where(row => row.Warehouse == plan.Id).ToLookup(row => row.Aisle, StringComparer.Ordinal);
        var floor = FloorPlan.Of(plan);
        yield return OpeningCommand.To(plan.Id.Stream, new WarehouseCommand.Open(
            plan, floor.Aisles.ToImmutableSortedDictionary(aisle => aisle, aisle => totes[Last(aisle)].Count())));
        foreach (var aisle in floor.Aisles)
        {
            yield return OpeningCommand.To(aisle.Stream, new CraneCommand.Open(aisle, FloorPlan.Device(aisle), plan.Columns, plan.Levels));
            yield return Registered(FloorPlan.Device(aisle), DeviceKind.Crane, aisle.Stream);
            yield return OpeningCommand.To(aisle.Stream, new CraneCommand.Fill(
                [.. totes[Last(aisle)].Select(row => new BinFill(Bin(row), Lpn.Parse(row.Lpn)))]), "fill");
        }

        foreach (var station in floor.Stations)
        {
            yield return OpeningCommand.To(station.Stream, new StationCommand.Open(station, plan.SlotsPerStation));
            for (var slot = 1; slot <= plan.SlotsPerStation; slot++)
            {
                yield return Registered(FloorPlan.Tag(station, slot), DeviceKind.PickTag, station.Stream);
            }
        }

        foreach (var vehicle in floor.Vehicles)
        {
            yield return OpeningCommand.To(vehicle.Stream, new AgvCommand.Open(vehicle, FloorPlan.Device(vehicle), FloorPlan.Home(vehicle)));
            yield return Registered(FloorPlan.Device(vehicle), DeviceKind.Vehicle, vehicle.Stream);
        }
    }

    private static IEnumerable<OpeningCommand> Tote(StockRow row)
    {
        var receipt = $"opening-{row.Lpn}";
        var lpn = Lpn.Parse(row.Lpn);
        yield return OpeningCommand.To(
            StreamId.Of("stock", $"{row.Warehouse}/{row.Sku}"),
            new StockCommand.Receive(
                receipt, row.Warehouse, row.Sku, row.Lot, lpn, AisleId.Parse($"{row.Warehouse}/{row.Aisle}"), row.Quantity),
            receipt);
        yield return OpeningCommand.To(
            lpn.Stream, new ToteCommand.Receive(receipt, lpn, row.Warehouse, Bin(row), row.Sku, row.Lot, row.Quantity), receipt);
    }

    private static string Last(AisleId aisle) => aisle.Text[(aisle.Text.LastIndexOf('/') + 1)..];

    private static OpeningCommand Registered(DeviceId device, DeviceKind kind, StreamId owner) =>
        OpeningCommand.To(device.Stream, new DeviceCommand.Register(device, kind, owner), "register");
}
