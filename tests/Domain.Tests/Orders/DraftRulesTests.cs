using Warehouse.Domain.Orders;
using static Warehouse.Domain.Tests.Orders.Sample;

namespace Warehouse.Domain.Tests.Orders;

public class DraftRulesTests
{
    public static TheoryData<string, OrderDraft> Defects { get; } = new()
    {
        { "id: channel/number", Draft with { Id = new OrderId("536365") } },
        { "id: channel/number", Draft with { Id = new OrderId("uci/" + new string('9', 90)) } },
        { "externalId: is missing", Draft with { ExternalId = " " } },
        { "externalId: at most 200 characters, not 10000", Draft with { ExternalId = new string('x', 10_000) } },
        { "customer: control characters", Draft with { Customer = "a\nb" } },
        { "currency: three letters A-Z (ISO 4217), not 'gbp'", Draft with { Currency = "gbp" } },
        { "priority: -1000 to 1000, not 1001", Draft with { Priority = 1001 } },
        { "shipTo.name: is missing", Draft with { ShipTo = Draft.ShipTo with { Name = "" } } },
        { "shipTo.latitude", Draft with { ShipTo = Draft.ShipTo with { LatitudeMicrodegrees = int.MinValue } } },
        { "lines: at least one", Draft with { Lines = [], Charges = [] } },
        { "lines: at most 2000", Draft with { Lines = [.. Enumerable.Range(1, 2000).Select(i => Draft.Lines[0] with { Number = i + 9 })] } },
        { "lines: number 4 occurs twice", Draft with { Lines = Draft.Lines.SetItem(0, Draft.Lines[0] with { Number = 4 }) } },
        { "lines: numbers count from 1", Draft with { Lines = Draft.Lines.SetItem(0, Draft.Lines[0] with { Number = 0 }) } },
        { "line 1: quantity: 1 to 100000, not 0", Draft with { Lines = Draft.Lines.SetItem(0, Draft.Lines[0] with { Quantity = 0 }) } },
        { "line 1: quantity: 1 to 100000, not 100001", Draft with { Lines = Draft.Lines.SetItem(0, Draft.Lines[0] with { Quantity = 100_001 }) } },
        { "line 1: unitPriceMinor", Draft with { Lines = Draft.Lines.SetItem(0, Draft.Lines[0] with { UnitPriceMinor = -1 }) } },
        { "line 4: kind", Draft with { Charges = [Draft.Charges[0] with { Kind = "" }] } },
        { "candidates: no warehouse", Draft with { Candidates = [] } },
        { "candidates: each warehouse once", Draft with { Candidates = [Main, Main] } },
        { "line 2: unitMassGrams: a positive mass is needed for BAG", Draft with { UnitMassGrams = Draft.UnitMassGrams.Remove(Bag) } },
        { "lines: 30000000600 g in all", Draft with { UnitMassGrams = Draft.UnitMassGrams.SetItem(Bag, 30).SetItem(Mug, 100_000), Lines = [new OrderLine(1, Mug, 100_000, 1), new OrderLine(2, Bag, 20, 1), new OrderLine(3, Mug, 100_000, 1), new OrderLine(5, Mug, 100_000, 1)] } },
        { "lines, charges: are missing", Draft with { Lines = default } },
    };

    [Theory]
    [MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public void What_is_no_order_is_refused_by_the_name_of_field_and_rule(string text, OrderDraft draft) =>
        Assert.StartsWith(text, DraftRules.FirstDefect(draft), StringComparison.Ordinal);

    [Fact]
    public void What_is_an_order_has_no_defect() => Assert.Null(DraftRules.FirstDefect(Draft));

    [Fact]
    public void Rules_come_before_the_question_whether_it_is_another_order()
    {
        var order = At(OrderStage.Picking);

        Assert.True(order.Do(new OrderCommand.Place(Draft with { Currency = "", Customer = "x" })).Is(OrderRefusal.NotAnOrder));
    }
}
