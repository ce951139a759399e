using System.Text;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.DevHost.Settings;
using Microsoft.AspNetCore.Http;
using static CitiesOfLearning.DevHost.Pages.LocalPage;

namespace CitiesOfLearning.DevHost.Pages;

/// <summary>Plays the providers: a button for each, and a page that shows exactly what was sent and what the hub answered.</summary>
internal sealed class FinishPages(LocalPage page, LoadedCities cities, DevSettings settings, Uri hub, TimeProvider time)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    public Task ListAsync(HttpContext context) => page.WriteAsync(context, "Finish a course", $"""
        <p>Each button sends what a real provider sends when somebody finishes a course. Then open <a href="/local/mail">the mailbox</a>:
        the learner has an email with a link to claim the badge.</p>
        {(cities.All.Count > 0
            ? string.Join('\n', cities.All.Select(City))
            : "<p>No city is loaded yet. The hub says at its start what it loads; then load this page again.</p>")}
        """);

    public async Task FinishAsync(HttpContext context, string city, string source)
    {
        var form = await FormAsync(context.Request, context.RequestAborted);
        if (cities.All
            .SelectMany(loaded => loaded.Senders)
            .FirstOrDefault(sender => sender.City == city && sender.Source == source) is not { } provider
            || Learner(provider, form) is not { } learner)
        {
            await SorryAsync(context, StatusCodes.Status400BadRequest, "No such sample provider, or the name or address is missing.");
            return;
        }

        if (settings.Text(provider.SecretSetting) is not { } secret)
        {
            await SorryAsync(context, StatusCodes.Status409Conflict, $"No secret is set for this source ({provider.SecretSetting}).");
            return;
        }

        var request = SampleDeliveries.Create(provider, learner, secret, time.GetUtcNow());
        if (await SendAsync(request, context.RequestAborted) is not var (status, answer))
        {
            await SorryAsync(context, StatusCodes.Status502BadGateway, $"The hub does not answer at {hub}.");
            return;
        }

        await page.WriteAsync(context, status == 200 ? "Sent, and the hub has it" : "Sent, and the hub refused it", $"""
            <p class="actions"><a class="button" href="/local/mail">Open the mailbox</a>
            <a class="button quiet" href="/manage/{provider.City}/deliveries">What became of it</a>
            <a class="button quiet" href="/local">Finish another</a></p>
            <section class="card">
            <h2>The hub's answer</h2>
            <pre tabindex="0">{Encode($"{status}\n{answer}".TrimEnd())}</pre>
            </section>
            <section class="card">
            <h2>What was sent</h2>
            <pre tabindex="0">POST {Encode(request.Path)}
            {Encode(string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}")))}

            {Encode(request.BodyText)}</pre>
            </section>
            <section class="card">
            <h2>The same with curl</h2>
            <p>Sent again as it stands it is a repetition, and the hub awards nothing twice.</p>
            <pre tabindex="0">{Encode(request.ToCurl(hub.GetLeftPart(UriPartial.Authority)))}</pre>
            </section>
            """);
    }

    private Task SorryAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return page.WriteAsync(context, "Not sent", $"<p>{Encode(reason)} <a href=\"/local\">Back</a></p>");
    }

    // Whatever is no form has no fields.
    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return FormCollection.Empty;
        }
    }

    private static SampleLearner? Learner(SampleProvider provider, IFormCollection form)
    {
        if (provider.Profile != SampleProfile.StandardWebhooks)
        {
            return SampleLearner.At(provider.Profile).FirstOrDefault(learner => form["learner"] == learner.Name);
        }

        var (name, email) = (form["name"].ToString().Trim(), form["email"].ToString().Trim());
        return name.Length > 0 && email.Length > 0 ? new SampleLearner(0, name, email) : null;
    }

    private static string City(LoadedCity city) => $"""
        <h2>{Encode(city.Name)}</h2>
        {(city.Senders.Count > 0
            ? string.Join('\n', city.Senders.Select(Card))
            : "<p>There are no sample senders for this city. Send to it as its own senders do; docs/sources.md says how.</p>")}
        """;

    private static string Card(SampleProvider provider) => $"""
        <section class="card">
        <h3>{Encode(provider.Title)}</h3>
        <p>{Encode(char.ToUpperInvariant(provider.Course[0]) + provider.Course[1..])}</p>
        <form method="post" action="/local/finish/{provider.City}/{provider.Source}">
        {(provider.Profile == SampleProfile.StandardWebhooks ? TypedLearner(provider) : $"<p class=\"actions\">{Buttons(provider)}</p>")}
        </form>
        </section>
        """;

    private static string Buttons(SampleProvider provider) => string.Join('\n', SampleLearner.At(provider.Profile).Select(learner =>
        $"<button class=\"button\" name=\"learner\" value=\"{Encode(learner.Name)}\">" +
            $"Finish the course as {Encode(learner.Name)}</button>"));

    private static string TypedLearner(SampleProvider provider)
    {
        var id = $"{provider.City}-{provider.Source}";
        return $"""
            <p class="field"><label for="{id}-name">Name</label>
            <input id="{id}-name" name="name" value="Mary Anning" autocomplete="off" required></p>
            <p class="field"><label for="{id}-email">Email address</label>
            <input id="{id}-email" name="email" type="email" value="mary@example.org" autocomplete="off" required></p>
            <button class="button">Finish the course</button>
            """;
    }

    private async Task<(int Status, string Answer)?> SendAsync(SampleRequest sample, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub, sample.Path))
        {
            Content = new ByteArrayContent(sample.Body)
        };
        foreach (var (name, value) in sample.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await Client.SendAsync(request, cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return ((int)response.StatusCode, Encoding.UTF8.GetString(bytes));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
