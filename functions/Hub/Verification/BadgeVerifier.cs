using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Verifies badges in the order of the specification (https://www.imsglobal.org/spec/ob/v3p0/#verification-and-validation) and sums the
/// checks into three answers. Badges of this hub's cities need no call to anybody else.
/// </summary>
public sealed class BadgeVerifier(
    IssuerDirectory issuers,
    ProofVerifier proofs,
    AuthorityChecker authority,
    AwardTable awards,
    DocumentFetcher fetcher,
    HubUrls urls,
    TimeProvider time)
{
    /// <summary>How long one verification waits for storage, all in all; what it then does not know could not be checked.</summary>
    public static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(2.5);

    /// <summary>How long one verification waits for others' hosts, all in all.</summary>
    public static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Badges of others that are looked at at once: their hosts may be slow, and those of this hub's cities never wait for them.
    /// </summary>
    public const int MaxOthersAtOnce = 24;

    // What strangers sign may cost what they like, as far as the budget goes; what our cities sign is cheap, and never waits for it.
    private static readonly OwnThreads Others = new(OwnThreads.Most, "verification of others", nice: 10);

    private int _others;

    /// <param name="given">What is looked at.</param>
    /// <param name="budget">What the request may cost, and when it ends.</param>
    /// <exception cref="NoRoomException">It is another's badge, and <see cref="MaxOthersAtOnce"/> are looked at already.</exception>
    public async Task<VerificationReport> VerifyAsync(CredentialFile given, WorkBudget budget)
    {
        var report = new ReportBuilder(time);
        try
        {
            await VerifyAsync(given, report, budget);
        }
        catch (WorkBudgetException)
        {
            report.Unknown("proof", "tooMuch");
        }

        return report.Build();
    }

    private async Task VerifyAsync(CredentialFile given, ReportBuilder report, WorkBudget budget)
    {
        switch (given)
        {
            case CredentialFile.Jwt or CredentialFile.Json:
                report.Pass("input", "found");
                await FoundAsync(given, report, budget);
                break;
            case CredentialFile.Url url when urls.IsOwn(url.Address):
                await SharedAsync(url, report, budget);
                break;
            case CredentialFile.Url url:
                await OfOthersAsync(() => FetchAsync(url.Address, report, budget));
                break;
            case CredentialFile.NotBaked:
                report.Unknown("input", "notBaked");
                break;
            case CredentialFile.Unreadable unreadable:
                report.Unknown("input", unreadable.TextKey, unreadable.Arguments);
                break;
        }
    }

    private async Task SharedAsync(CredentialFile.Url url, ReportBuilder report, WorkBudget budget)
    {
        using var patience = new CancellationTokenSource(StoragePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.CancellationToken, patience.Token);
        try
        {
            if (urls.AwardIdOf(url.Address) is not { } awardId
                || await awards.IssuedAsync(awardId.ToString(), either.Token) is not ({ IsPublic: true }, { Jwt: var jwt })
                || VcJwt.Read(jwt) is not { } token)
            {
                report.Unknown("input", "notShared");
                return;
            }

            report.Pass("input", "found");
            await FoundAsync(new CredentialFile.Jwt(token, url.Picture), report, budget.Until(either.Token));
        }
        catch (Exception e) when (e.IsAbsence() && !budget.CancellationToken.IsCancellationRequested)
        {
            report.Unknown("input", "unreachable", IssuerName.Of(url.Address));
        }
    }

    private async Task FetchAsync(string address, ReportBuilder report, WorkBudget budget)
    {
        var host = IssuerName.Of(address);
        if (await fetcher.FetchAsync(address, budget) is not Fetched.Found found)
        {
            report.Unknown("input", "unreachable", host);
            return;
        }

        // An address that leads to another address is one step too many.
        var given = budget.Run(() => CredentialFile.Read(found.Body));
        if (given is not (CredentialFile.Jwt or CredentialFile.Json))
        {
            report.Unknown("input", "noBadgeThere", host);
            return;
        }

        report.Pass("input", "fetched", IssuerName.Of(found.Address.AbsoluteUri));
        await FoundAsync(given, report, budget);
    }

    private async Task FoundAsync(CredentialFile given, ReportBuilder report, WorkBudget budget)
    {
        if (budget.Run(() => SignedCredential.Of(given)) is not { } signed)
        {
            report.Unknown("schema", "notJson");
            return;
        }

        if (OlderBadge.VersionOf(signed.Credential) is { } version)
        {
            report.Unknown("schema", "older", version);
            return;
        }

        using var patience = new CancellationTokenSource(StoragePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.CancellationToken, patience.Token);
        switch (await issuers.FindAsync(signed.Credential.IssuerId(), either.Token))
        {
            case Issuer.OfCity city:
                report.City = city.City;
                report.Pass("issuer", "ours", city.City.Name.In("en"));
                await VerifyAsync(signed, city, given.Picture, report, budget.Until(either.Token));
                break;
            case { } stranger:
                report.Pass("issuer", "foreign", IssuerName.Of(stranger.Id));
                patience.CancelAfter(HostPatience);
                await OfOthersAsync(() => VerifyAsync(signed, stranger, given.Picture, report, budget.Until(either.Token)));
                break;
            default:
                report.Unknown("issuer", "nobody");
                break;
        }
    }

    private async Task VerifyAsync(
        SignedCredential signed, Issuer issuer, UnbakedPicture? picture, ReportBuilder report, WorkBudget budget)
    {
        // 1. The schema; looked at first because nothing is asked for what is no badge.
        if (budget.Run(() => Schema(signed.Credential, issuer, report)) is not { } claimed)
        {
            return;
        }

        // 2. The proof, by a key that belongs to the issuer. From here on only what it covers is read.
        var (check, proven) = await ProofAsync(signed, issuer, budget);
        report.Add(check.Check, check.Outcome, check.TextKey, check.Arguments);
        if (proven is null)
        {
            return;
        }

        report.Pass("key", "ok");

        // A token's signature covers all that was read already.
        var badge = proven.Jwt is null ? Schema(proven.Document, issuer, report) : claimed;
        if (badge is null || !Claims(proven, badge, report))
        {
            return;
        }

        // 3. Refresh is not followed: what is looked at is what was handed in. 4. Status and dates.
        badge = JwtClaims.Dated(proven.Payload, badge);
        ValidityPeriod.Check(badge, report, time.GetUtcNow());
        await StatusCheck.RunAsync(badge, issuer, report, time, budget);

        // 5. The recipient is not checked: the hub does not know who presents the badge. 6. Nor are endorsements, which change no answer.
        await AuthorityAsync(badge, issuer, picture, report, budget.CancellationToken);
    }

    private async Task OfOthersAsync(Func<Task> verify)
    {
        try
        {
            if (Interlocked.Increment(ref _others) > MaxOthersAtOnce)
            {
                throw new NoRoomException();
            }

            await Task.Factory.StartNew(verify, CancellationToken.None, TaskCreationOptions.None, Others).Unwrap();
        }
        finally
        {
            Interlocked.Decrement(ref _others);
        }
    }

    private async Task<(ProofCheck Check, ProvenCredential? Proven)> ProofAsync(SignedCredential signed, Issuer issuer, WorkBudget budget)
    {
        try
        {
            return await ProvenCredential.CheckAsync(signed, issuer, proofs, budget);
        }
        catch (Exception e) when (e.IsAbsence())
        {
            // The keys: what is read after them says for itself that it could not be read.
            return (ProofCheck.Key(IssuerKey.Unknown.Unreachable), null);
        }
    }

    private BadgeCredential? Schema(JsonElement credential, Issuer issuer, ReportBuilder report)
    {
        if (!BadgeCredential.Is(credential))
        {
            report.Unknown("schema", "otherKind");
            return null;
        }

        if (BadgeCredential.Read(credential, out var problem) is not { } badge)
        {
            report.Fail("schema", "bad", problem);
            return null;
        }

        // As this hub writes them.
        if (issuer is Issuer.OfCity && (badge.IsVersion1 || urls.AwardIdOf(badge.Id) is null || badge.Issuer != issuer.Id))
        {
            report.Fail("schema", "notOurs", badge.IsVersion1 ? "@context" : badge.Issuer != issuer.Id ? "issuer" : "id");
            return null;
        }

        report.Pass("schema", "ok");
        return badge;
    }

    private static bool Claims(ProvenCredential proven, BadgeCredential badge, ReportBuilder report)
    {
        if (proven.Jwt is null)
        {
            report.Pass("claims", "within");
            return true;
        }

        // Claims of a vc have been taken into the credential, or contradict it.
        var isDecoded = proven.Payload.Member("vc") is not null;
        if ((proven.Conflict ?? (isDecoded ? null : JwtClaims.Different(proven.Jwt.Header, proven.Payload, badge))) is { } different)
        {
            report.Fail("claims", "mismatch", different);
            return false;
        }

        if (!isDecoded && JwtClaims.Missing(proven.Jwt.Header, proven.Payload, badge) is { } missing)
        {
            report.Unknown("claims", "missing", missing);
        }
        else
        {
            report.Pass("claims", "ok");
        }

        return true;
    }

    private async Task AuthorityAsync(
        BadgeCredential badge, Issuer issuer, UnbakedPicture? picture, ReportBuilder report, CancellationToken cancellationToken)
    {
        if (issuer is Issuer.OfCity { City: var city })
        {
            report.Skip("recipient", "skipped");
            await authority.CheckAsync(badge, city.Id, picture, report, cancellationToken);
            return;
        }

        report.Skip("recipient", "foreign");
        report.Unknown("achievement", "foreign");
        report.Unknown("provider", "foreign");

        // Not even the picture's address: whoever opens the report must not call on third parties.
        report.Skip("picture", "none");
        report.Describe(badge);
    }
}
