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
        var names = new MachineNames(plan);
        yield return OpeningCommand.To(plan.Id.Stream, new WarehouseCommand.Open(
            plan, names.Aisles.ToImmutableSortedDictionary(aisle => aisle, aisle => totes[MachineNames.Last(aisle.Text)].Count())));
        foreach (var aisle in names.Aisles)
        {
            yield return OpeningCommand.To(aisle.Stream, new CraneCommand.Open(aisle, MachineNames.Device(aisle), plan.Columns, plan.Levels));
            yield return Registered(MachineNames.Device(aisle), DeviceKind.Crane, aisle.Stream);
            yield return OpeningCommand.To(aisle.Stream, new CraneCommand.Fill(
                [.. totes[MachineNames.Last(aisle.Text)].Select(row => new BinFill(Bin(row), Lpn.Parse(row.Lpn)))]), "fill");
        }

        foreach (var station in names.Stations)
        {
            yield return OpeningCommand.To(station.Stream, new StationCommand.Open(station, plan.SlotsPerStation));
            foreach (var tag in names.Tags(station))
            {
                yield return Registered(tag, DeviceKind.PickTag, station.Stream);
            }
        }

        foreach (var vehicle in names.Vehicles)
        {
            yield return OpeningCommand.To(vehicle.Stream, new AgvCommand.Open(vehicle, MachineNames.Device(vehicle), MachineNames.Home(vehicle)));
            yield return Registered(MachineNames.Device(vehicle), DeviceKind.Vehicle, vehicle.Stream);
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

    private static OpeningCommand Registered(DeviceId device, DeviceKind kind, StreamId owner) =>
        OpeningCommand.To(device.Stream, new DeviceCommand.Register(device, kind, owner), "register");
}
