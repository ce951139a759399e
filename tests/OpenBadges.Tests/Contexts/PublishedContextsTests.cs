using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Contexts;

namespace CitiesOfLearning.OpenBadges.Tests.Contexts;

public sealed class PublishedContextsTests
{
    private const string Folder = "contexts/";

    /// <summary>
    /// One text of each refers to a context that is not kept: https://w3id.org/openbadges/legacy-v1 and the credentials group's security/v1
    /// of 2018.
    /// </summary>
    private static readonly string[] Incomplete =
        ["https://w3id.org/openbadges/v1", "https://openbadgespec.org/v1/context.json", "https://w3id.org/security/v2"];

    private static readonly JsonElement[] Index = [.. JsonElement.Parse(Embedded("index.json")).EnumerateArray()];

    public static TheoryData<string> Urls => [.. Index.SelectMany(UrlsOf)];

    [Fact]
    public void Each_text_is_embedded_as_it_was_published()
    {
        var texts = Index.SelectMany(TextsOf).ToList();

        Assert.All(texts, t => Assert.Equal(t.Sha256, Convert.ToHexStringLower(SHA256.HashData(Embedded(t.File)))));
        Assert.Equal(
            texts.Select(t => Folder + t.File).Append(Folder + "index.json").Order(StringComparer.Ordinal),
            typeof(PublishedContexts).Assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_text_with_any_byte_changed_is_refused()
    {
        var (file, sha256) = TextsOf(Index[0]).First();
        var text = new PinnedText(file, sha256);
        var bytes = Embedded(file);

        Assert.Same(bytes, text.Checked(bytes));
        for (var at = 0; at < bytes.Length; at += 97)
        {
            byte[] tampered = [.. bytes];
            tampered[at] ^= 1;

            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => text.Checked(tampered)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<InvalidDataException>(() => text.Checked([.. bytes, (byte)'\n']));
    }

    [Theory]
    [MemberData(nameof(Urls))]
    public void Every_edition_of_every_address_can_be_used(string url)
    {
        var document = JsonSerializer.SerializeToElement(
            new Dictionary<string, object> { ["@context"] = url, ["@id"] = "urn:s", ["@type"] = "urn:T" });
        var editions = PublishedContexts.Editions([url]).ToList();

        var refusals = editions
            .Select(e => (Record.Exception(() => new JsonLdProcessor(e).ToRdf(document)) as JsonLdException)?.Code)
            .Where(c => c is not null);

        Assert.Equal(TextsOf(Index.Single(c => UrlsOf(c).Contains(url))).Count(), editions.Distinct().Count());
        Assert.Equal(Incomplete.Contains(url) ? [JsonLdErrors.LoadingRemoteContextFailed] : [], refusals);
    }

    /// <summary>
    /// Stated in https://www.w3.org/TR/vc-data-model-1.1/, https://www.w3.org/TR/vc-data-model-2.0/ and
    /// https://www.w3.org/TR/vc-data-integrity/.
    /// </summary>
    [Theory]
    [InlineData("https://www.w3.org/2018/credentials/v1", "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc")]
    [InlineData("https://www.w3.org/ns/credentials/v2", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734")]
    [InlineData("https://www.w3.org/ns/credentials/examples/v2", "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c")]
    [InlineData("https://w3id.org/security/data-integrity/v2", "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4")]
    [InlineData("https://w3id.org/security/multikey/v1", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597")]
    [InlineData("https://w3id.org/security/jwk/v1", "0f14b62f6071aafe00df265770ea0c7508e118247d79b7d861a406d2aa00bece")]
    public void Where_a_specification_states_a_texts_digest_that_text_is_embedded(string url, string sha256)
    {
        var text = Assert.Single(TextsOf(Index.Single(c => UrlsOf(c).Contains(url))));

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Embedded(text.File))));
    }

    [Fact]
    public void An_unknown_address_is_an_error_that_names_it()
    {
        var document = JsonElement.Parse("""{"@context":["https://www.w3.org/ns/credentials/v2","https://elsewhere.example/context"]}""");

        var refusal = Assert.Throws<JsonLdException>(() => new JsonLdProcessor(PublishedContexts.Newest).ToRdf(document));

        Assert.Equal((JsonLdErrors.LoadingRemoteContextFailed, "/@context/1"), (refusal.Code, refusal.Path));
        Assert.Contains("https://elsewhere.example/context", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_that_have_changed_are_tried_in_each_combination_but_no_more_than_six()
    {
        string[] changed = [.. Index.Where(c => TextsOf(c).Count() > 1).Select(c => UrlsOf(c).First())];
        var two = changed.First(u => PublishedContexts.Editions([u]).Count() == 2);
        var three = changed.First(u => PublishedContexts.Editions([u]).Count() == 3);

        Assert.Equal(6, PublishedContexts.Editions([two, three]).Distinct().Count());
        Assert.Equal(6, PublishedContexts.Editions(changed).Distinct().Count());
        Assert.Equal(2, PublishedContexts.Editions([two, two, "https://elsewhere.example/context"]).Distinct().Count());
        Assert.Same(PublishedContexts.Newest, PublishedContexts.Editions(changed).First());
        Assert.Equal([PublishedContexts.Newest], PublishedContexts.Editions(["https://www.w3.org/ns/credentials/v2"]));
    }

    private static IEnumerable<string> UrlsOf(JsonElement context) =>
    [
        context.GetProperty("url").GetString()!,
        .. context.TryGetProperty("aliases", out var aliases) ? aliases.EnumerateArray().Select(a => a.GetString()!) : [],
    ];

    private static IEnumerable<(string File, string Sha256)> TextsOf(JsonElement context) =>
        context.GetProperty("texts").EnumerateArray()
            .Select(t => (t.GetProperty("file").GetString()!, t.GetProperty("sha256").GetString()!));

    private static byte[] Embedded(string file)
    {
        using var resource = typeof(PublishedContexts).Assembly.GetManifestResourceStream(Folder + file)!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
