using Microsoft.Playwright;

namespace Warehouse.Dashboard.Tests;

/// <summary>A person opens the page in a browser and watches an order become a parcel. CHROMIUM names the browser (default /usr/bin/chromium).</summary>
[Collection(OneHouse.Name)]
public sealed class PageTests(HouseFixture house)
{
    private const float Patience = 180_000;

    [Fact]
    public async Task The_page_shows_moving_vehicles_lit_tags_and_the_first_shipped_parcel()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1500, Height = 1000 } });
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(house.Url.ToString());

        var driving = page.Locator("[data-testid=vehicle].driving").First;
        await driving.WaitForAsync();
        var id = await driving.GetAttributeAsync("data-id");
        var vehicle = page.Locator($"[data-id='{id}']");
        var (x, y) = (await vehicle.GetAttributeAsync("data-x"), await vehicle.GetAttributeAsync("data-y"));
        await page.Locator($"[data-id='{id}']:not([data-x='{x}'][data-y='{y}'])").WaitForAsync();
        await page.Locator(".station li.lit").First.WaitForAsync();
        await page.Locator("[data-testid=parcel]").First.WaitForAsync();

        // The parcel leaves first; its order learns of it with the next commit.
        await page.Locator("[data-testid=figure-shipped-short] b:not(:text-is('0'))").WaitForAsync();
        Assert.Contains("UCI Online Retail", await page.Locator("[data-testid=data-note]").InnerTextAsync(), StringComparison.Ordinal);

        await page.Locator("[data-testid=lang-zh]").ClickAsync();
        await page.Locator("h1", new PageLocatorOptions { HasText = "仓库现场" }).WaitForAsync();
    }
}
