using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Baking;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Credentials;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Verifies badges in the order of the specification (https://www.imsglobal.org/spec/ob/v3p0/#verification-and-validation) and sums the
/// checks into three answers. Badges of this hub's cities need no call to anybody else; others are "could not check" for now.
/// </summary>
public sealed class BadgeVerifier(
    SignatureChecker signatures,
    StatusReader status,
    AuthorityChecker authority,
    CityDirectory cities,
    AwardBook awards,
    BadgeFiles files,
    HubUrls urls,
    TimeProvider time)
{
    public async Task<VerificationReport> VerifyAsync(UnverifiedBadge given, CancellationToken cancellationToken)
    {
        var report = new ReportBuilder(time);
        switch (given)
        {
            case UnverifiedBadge.Jwt jwt:
                report.Pass("input", "found");
                await VerifyAsync(jwt.Token, jwt.Picture, report, cancellationToken);
                break;
            case UnverifiedBadge.Json { HasProof: true } json:
                report.Pass("input", "found");
                if (await IssuerAsync(json.Credential, report, cancellationToken) is not null)
                {
                    report.Unknown("proof", "unsupported");
                }

                break;
            case UnverifiedBadge.Json json:
                report.Pass("input", "found");
                await VerifyAsync(json, report, cancellationToken);
                break;
            case UnverifiedBadge.Url url:
                await VerifyAsync(url, report, cancellationToken);
                break;
            case UnverifiedBadge.NotBaked:
                report.Unknown("input", "notBaked");
                break;
            case UnverifiedBadge.Unreadable unreadable:
                report.Unknown("input", "refused", unreadable.Reason);
                break;
        }

        return report.Sum();
    }

    // A badge of ours by its address: the stored credential, if the learner shares it.
    private async Task VerifyAsync(UnverifiedBadge.Url url, ReportBuilder report, CancellationToken cancellationToken)
    {
        if (AwardIdOf(url.Address) is not { } awardId)
        {
            report.Unknown("issuer", "foreign", new Uri(url.Address).Host);
            return;
        }

        if (await awards.FindAsync(awardId, cancellationToken) is not { IsPublic: true }
            || await files.ReadAsync(awardId, BadgeForm.Jwt, cancellationToken) is not { } stored)
        {
            report.Unknown("input", "notShared");
            return;
        }

        report.Pass("input", "found");
        await VerifyAsync(VcJwt.Read(stored)!, url.Picture, report, cancellationToken);
    }

    // A badge of ours as plain JSON: it is authentic if the signed credential of that id says exactly the same.
    private async Task VerifyAsync(UnverifiedBadge.Json json, ReportBuilder report, CancellationToken cancellationToken)
    {
        if (await IssuerAsync(json.Credential, report, cancellationToken) is null)
        {
            return;
        }

        var id = json.Credential.TryGetProperty("id", out var member) && member.ValueKind == JsonValueKind.String ? AwardIdOf(member.GetString()!) : null;
        if (id is null || await awards.FindAsync(id, cancellationToken) is null || await files.ReadAsync(id, BadgeForm.Jwt, cancellationToken) is not { } stored)
        {
            report.Fail("proof", "none");
            return;
        }

        var signed = VcJwt.Read(stored)!;
        using var document = JsonDocument.Parse(PlainCredential.Of(signed.Payload));
        if (!JsonElement.DeepEquals(document.RootElement, json.Credential))
        {
            report.Fail("proof", "badSignature");
            return;
        }

        await VerifyAsync(signed, json.Picture, report, cancellationToken);
    }

    private async Task VerifyAsync(UnverifiedJwt jwt, UnbakedPicture? picture, ReportBuilder report, CancellationToken cancellationToken)
    {
        // 1. The schema: it is an Open Badges 3.0 credential.
        if (Parse(jwt.Payload) is not { } document)
        {
            report.Fail("schema", "bad", "JSON");
            return;
        }

        using (document)
        {
            if (await IssuerAsync(document.RootElement, report, cancellationToken) is not { } city)
            {
                return;
            }

            if (BadgeCredential.Read(document.RootElement, out var problem) is not { } credential)
            {
                report.Fail("schema", "bad", problem);
                return;
            }

            report.Pass("schema", "ok");

            // 2. The proof, by a key that belongs to the issuer, and the claims beside the credential.
            if (!await ProofAsync(jwt, city, report, cancellationToken) || !Claims(document.RootElement, credential, report))
            {
                return;
            }

            // 3. Refresh: our credentials name no refresh service. 4. Status and dates.
            Dates(credential, report);
            await StatusAsync(credential, city, report, cancellationToken);

            // 5. The recipient is not checked: the hub does not know who presents the badge. 6. Endorsements: there are none yet.
            report.Skip("recipient", "skipped");
            await authority.CheckAsync(credential, city, picture, report, cancellationToken);
        }
    }

    private async Task<bool> ProofAsync(UnverifiedJwt jwt, string city, ReportBuilder report, CancellationToken cancellationToken)
    {
        switch (await signatures.CheckAsync(jwt, city, cancellationToken))
        {
            case SignatureResult.Good:
                report.Pass("proof", "ok", jwt.Header.Algorithm!);
                report.Pass("key", "ok");
                return true;
            case SignatureResult.Unsupported:
                report.Fail("proof", "unsupported");
                return false;
            case SignatureResult.UnknownKey:
                report.Fail("key", "notListed");
                return false;
            case SignatureResult.OtherIssuer:
                report.Fail("key", "otherIssuer", jwt.Header.KeyId!);
                return false;
            default:
                report.Fail("proof", "badSignature");
                return false;
        }
    }

    private bool Claims(JsonElement root, BadgeCredential credential, ReportBuilder report)
    {
        var different = !Is(root, "iss", credential.Issuer) ? "iss"
            : !Is(root, "jti", credential.Id) || AwardIdOf(credential.Id) is null ? "jti"
            : !Is(root, "sub", credential.Subject) ? "sub"
            : !IsMoment(root, "nbf", credential.ValidFrom) ? "nbf"
            : credential.ValidUntil is { } until && !IsMoment(root, "exp", until) ? "exp"
            : null;
        if (different is null)
        {
            report.Pass("claims", "ok");
        }
        else
        {
            report.Fail("claims", "mismatch", different);
        }

        return different is null;

        static bool Is(JsonElement root, string name, string value) => root.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String && claim.ValueEquals(value);
        static bool IsMoment(JsonElement root, string name, DateTimeOffset moment) =>
            root.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetInt64(out var seconds) && seconds == moment.ToUnixTimeSeconds();
    }

    private void Dates(BadgeCredential credential, ReportBuilder report)
    {
        var now = time.GetUtcNow();
        if (credential.ValidFrom > now)
        {
            report.Fail("dates", "notYet", Day(credential.ValidFrom));
        }
        else if (credential.ValidUntil is { } until)
        {
            report.Add("dates", until < now ? CheckOutcome.Fail : CheckOutcome.Pass, until < now ? "expired" : "ok", Day(until));
        }
        else
        {
            report.Pass("dates", "noExpiry");
        }
    }

    private async Task StatusAsync(BadgeCredential credential, string city, ReportBuilder report, CancellationToken cancellationToken)
    {
        foreach (var purpose in StatusPurposes.All)
        {
            // The entry names the revocation list; the suspension list beside it has the same number and index (docs/adr/0005).
            var list = ListNumber(credential.StatusList, city) is { } number ? await ListAsync(city, purpose, number, cancellationToken) : null;
            if (list is null || credential.StatusIndex >= list.Bits.Length)
            {
                report.Unknown(purpose, "unreachable");
            }
            else if (list.ValidUntil < time.GetUtcNow())
            {
                report.Unknown(purpose, "stale");
            }
            else
            {
                var set = list.Bits.Get(credential.StatusIndex);
                report.Add(purpose, set ? CheckOutcome.Fail : CheckOutcome.Pass, set ? "set" : "ok", list.ReadAt);
            }
        }
    }

    private async Task<TrustedStatusList?> ListAsync(string city, string purpose, int number, CancellationToken cancellationToken)
    {
        try
        {
            return await status.FindAsync(city, purpose, number, cancellationToken);
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException)
        {
            return null;
        }
    }

    private static JsonDocument? Parse(byte[] payload)
    {
        var document = CredentialJson.TryParse(payload);
        return document?.RootElement.ValueKind == JsonValueKind.Object ? document : null;
    }

    /// <returns>The city that the credential says it comes from, or null if that is none of this hub's.</returns>
    private async Task<string?> IssuerAsync(JsonElement credential, ReportBuilder report, CancellationToken cancellationToken)
    {
        var issuer = IssuerOf(credential);
        if (issuer is not null && CityOf(issuer) is { } id && await cities.FindAsync(id, cancellationToken) is { } city)
        {
            report.Pass("issuer", "ours", city.Name.In("en"));
            return id;
        }

        report.Unknown("issuer", "foreign", issuer is not null && Uri.TryCreate(issuer, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Host : "?");
        return null;
    }

    private static string? IssuerOf(JsonElement credential) =>
        !credential.TryGetProperty("issuer", out var issuer) ? null
        : issuer.ValueKind == JsonValueKind.String ? issuer.GetString()
        : issuer.ValueKind == JsonValueKind.Object && issuer.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()
        : null;

    private string? CityOf(string issuer)
    {
        var prefix = urls.City("");
        return issuer.StartsWith(prefix, StringComparison.Ordinal) && issuer[prefix.Length..] is { Length: > 0 } city && !city.Contains('/', StringComparison.Ordinal) ? city : null;
    }

    private string? AwardIdOf(string address)
    {
        var prefix = urls.Credential("");
        return address.StartsWith(prefix, StringComparison.Ordinal) && address.Length >= prefix.Length + 26
            && (address.Length == prefix.Length + 26 || address[prefix.Length + 26] is '.' or '?' or '#')
            ? address.Substring(prefix.Length, 26)
            : null;
    }

    private int? ListNumber(string? list, string city)
    {
        var prefix = urls.StatusList(city, StatusPurposes.Revocation, 0)[..^1];
        return list is not null && list.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(list[prefix.Length..], out var number) ? number : null;
    }

    private static string Day(DateTimeOffset moment) => moment.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
