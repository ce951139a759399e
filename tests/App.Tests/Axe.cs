using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests;

/// <summary>
/// axe looks at a page, in the page itself. Deque's driver for Playwright sends axe's 650 kB several times over and opens a second page for
/// each look, ten times the work of looking; it does so for pages with frames, and the hub has none.
/// </summary>
internal static class Axe
{
    // https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#api-name-axerun
    private const string Look =
        """
        async rules => {
          const { passes, violations } = await axe.run(document, rules.length ? { runOnly: { type: 'rule', values: rules } } : {});
          return {
            frames: document.querySelectorAll('iframe, frame, object, embed').length,
            passes: passes.length,
            violations: violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(', ')}`),
          };
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <param name="page">Of the hub, as it is now.</param>
    /// <param name="rules">All of axe's usual rules unless some are named.</param>
    public static async Task FindsNothingAsync(IPage page, params string[] rules)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'"))
        {
            await page.EvaluateAsync(Script);
        }

        var found = await page.EvaluateAsync<JsonElement>(Look, rules);

        var violations = found.GetProperty("violations").EnumerateArray().Select(v => v.GetString());
        Assert.True(found.GetProperty("violations").GetArrayLength() == 0, $"{page.Url}\n{string.Join('\n', violations)}");
        Assert.NotEqual(0, found.GetProperty("passes").GetInt32());
        Assert.Equal(0, found.GetProperty("frames").GetInt32());
    }
}
