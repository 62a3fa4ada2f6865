using Warehouse.Domain.Inventory;
using Warehouse.Domain.Products;
using Warehouse.Domain.Tests.Running;

namespace Warehouse.Domain.Tests.Products;

public class ProductTests
{
    private static readonly ProductCommand.Define Mug =
        new(new Sku("85123A"), "White mug", 320, new Size(100, 80, 90), "2000000000015", 40);

    [Fact]
    public void Defining_the_same_again_changes_nothing_and_another_text_replaces_it()
    {
        var product = new Live<ProductState>(ProductDecider.Decider).Done(Mug).Done(Mug);
        Assert.Single(product.Events);

        product.Done(Mug with { Description = "Blue mug" });

        Assert.Equal("Blue mug", product.State.Description);
        product.AssertRestorable();
    }

    [Theory]
    [InlineData("description")]
    [InlineData("massGrams")]
    [InlineData("size")]
    [InlineData("unitsPerTote")]
    [InlineData("barcode")]
    public void A_product_that_cannot_be_is_refused_by_the_name_of_the_field(string field)
    {
        var wrong = field switch
        {
            "description" => Mug with { Description = " " },
            "massGrams" => Mug with { MassGrams = 0 },
            "size" => Mug with { Size = new Size(100, 0, 90) },
            "unitsPerTote" => Mug with { UnitsPerTote = -1 },
            _ => Mug with { Barcode = "2000000000016" },
        };

        var answer = new Live<ProductState>(ProductDecider.Decider).Do(wrong);

        Assert.True(answer.Is(ProductRefusal.NotMeasurable));
        Assert.StartsWith(field, answer.Reason, StringComparison.Ordinal);
    }
}
