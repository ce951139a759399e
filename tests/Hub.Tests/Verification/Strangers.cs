using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Tests.Verification.Fetching;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>The hub's verifier before an Internet of the tests, where strangers publish what they like.</summary>
internal sealed class Strangers(HubUnderTest hub) : IAsyncDisposable
{
    private DocumentFetcher? _fetcher;

    public SomeInternet Internet { get; } = SomeInternet.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SomeIssuer Issuer(string way, KeyKind kind = KeyKind.P256) => SomeIssuer.Of(way, SomeKeys.Of(kind), Internet);

    public Task<VerificationReport> VerifyAsync(JsonNode badge) => VerifyAsync(badge.ToJsonString());

    public Task<VerificationReport> VerifyAsync(string badge) => VerifyAsync(Encoding.UTF8.GetBytes(badge));

    public Task<VerificationReport> VerifyAsync(byte[] badge) => Verifier().VerifyAsync(CredentialFile.Read(badge), new(Cancel));

    public async ValueTask DisposeAsync()
    {
        _fetcher?.Dispose();
        await Internet.DisposeAsync();
    }

    /// <param name="network">Another than the tests' Internet.</param>
    public BadgeVerifier Verifier(FetchNetwork? network = null)
    {
        _fetcher ??= network is null ? Internet.Fetcher(hub.Time) : new DocumentFetcher(network, hub.Get<HubUrls>(), hub.Time);
        var documents = new IssuerDocuments(_fetcher);
        var issuers = ActivatorUtilities.CreateInstance<IssuerDirectory>(
            hub.Get<IServiceProvider>(), new IssuerKeys(documents, new HostKeys(documents), hub.Time), _fetcher);
        return ActivatorUtilities.CreateInstance<BadgeVerifier>(hub.Get<IServiceProvider>(), issuers, _fetcher);
    }
}

internal static class Reports
{
    public static (Answer Authentic, Answer Current, Answer Authorised) Answers(this VerificationReport report) =>
        (report.Authentic, report.Current, report.Authorised);

    /// <summary>The outcome of one check, and the sentence that explains it.</summary>
    public static (CheckOutcome Outcome, string TextKey) Of(this VerificationReport report, string check) =>
        report.Checks.Single(c => c.Id == check) is var found ? (found.Outcome, found.TextKey) : default;
}
