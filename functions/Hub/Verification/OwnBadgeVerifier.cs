using System.Runtime.InteropServices;
using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>Verifies badges of this hub's cities, with what the hub itself publishes.</summary>
public sealed class OwnBadgeVerifier(
    SignatureChecker signatures,
    ProofVerifier proofs,
    ICredentialSigner keys,
    OwnStatus status,
    AuthorityChecker authority,
    AwardTable awards,
    HubUrls urls,
    TimeProvider time)
{
    /// <summary>The badge at an address of ours; null if there is none that its learner shares.</summary>
    internal async Task<UnverifiedJwt?> FindSharedAsync(string address, CancellationToken cancellationToken) =>
        urls.AwardIdOf(address) is { } awardId
        && await awards.IssuedAsync(awardId.ToString(), cancellationToken) is ({ IsPublic: true }, { Jwt: var stored })
            ? VcJwt.Read(stored)
            : null;

    /// <param name="city">The city that the credential names as its issuer.</param>
    internal async Task VerifyAsync(
        SignedCredential signed,
        UnbakedPicture? picture,
        CityId city,
        ReportBuilder report,
        CancellationToken cancellationToken)
    {
        try
        {
            if (signed.Jwt is { } jwt)
            {
                await VerifyAsync(jwt, signed.Payload, picture, city, report, cancellationToken);
            }
            else if (signed.Credential.Member("proof") is not null)
            {
                await EmbeddedAsync(signed.Credential, picture, city, report, cancellationToken);
            }
            else
            {
                report.Fail("proof", "none");
            }
        }
        catch (Exception e) when (e.IsAbsence())
        {
            // The keys: what is read after them says for itself that it could not be read.
            report.Unknown("key", "unreachable");
        }
    }

    private async Task VerifyAsync(
        UnverifiedJwt jwt,
        JsonElement payload,
        UnbakedPicture? picture,
        CityId city,
        ReportBuilder report,
        CancellationToken cancellationToken)
    {
        // 2. The proof, by a key that belongs to the issuer, and the claims beside the credential. 1. is the schema.
        if (Schema(payload, city, report) is { } credential
            && await ProofAsync(jwt, city, report, cancellationToken) && Claims(payload, credential, report))
        {
            await VerifyAsync(JwtClaims.Dated(payload, credential), picture, city, report, cancellationToken);
        }
    }

    private async Task EmbeddedAsync(
        JsonElement signed,
        UnbakedPicture? picture,
        CityId city,
        ReportBuilder report,
        CancellationToken cancellationToken)
    {
        if (Schema(signed, city, report) is null)
        {
            return;
        }

        // 2. The proof, by a key that belongs to the issuer. From here on only what it covers is read.
        var published = (await keys.KeysAsync(city, cancellationToken))
            .Where(k => k.Algorithm == SigningAlgorithm.ES256)
            .ToDictionary(k => urls.VerificationMethod(city, k.KeyId));
        var checkedProof = await proofs.VerifyAsync(JsonMarshal
            .GetRawUtf8Value(signed)
            .ToArray(), (id, _) => ValueTask.FromResult(Method(id)), cancellationToken);
        if (checkedProof is not { Outcome: ProofOutcome.Good, VerifiedDocument: { } document })
        {
            Fail(checkedProof.Outcome, report);
            return;
        }

        report.Pass("proof", "ok", checkedProof.Proofs[0].Proof.SuiteName);
        report.Pass("key", "ok");
        report.Pass("claims", "within");
        if (Schema(document, city, report) is not { } credential)
        {
            return;
        }

        if (urls.AwardIdOf(credential.Id) is null)
        {
            report.Fail("schema", "bad", "id");
            return;
        }

        await VerifyAsync(credential, picture, city, report, cancellationToken);

        VerificationMethod? Method(string id) =>
            published.TryGetValue(id, out var key) ? new VerificationMethod(id, urls.City(city), key.ToVerificationKey()) : null;
    }

    private static void Fail(ProofOutcome outcome, ReportBuilder report)
    {
        switch (outcome)
        {
            case ProofOutcome.UnknownKey or ProofOutcome.NotIssuers:
                report.Fail("key", "notListed");
                break;
            case ProofOutcome.Unsupported:
                report.Unknown("proof", "unsupported");
                break;
            default:
                report.Fail("proof", "badSignature");
                break;
        }
    }

    private BadgeCredential? Schema(JsonElement payload, CityId city, ReportBuilder report)
    {
        // 1. The schema: an Open Badges 3.0 credential as this hub writes it, by Data Model 2.0 and not within a claim.
        if (BadgeCredential.Read(payload, out var problem) is not { } credential)
        {
            report.Fail("schema", "bad", problem);
            return null;
        }

        if (credential.IsVersion1 || credential.Issuer != urls.City(city))
        {
            report.Fail("schema", "bad", credential.IsVersion1 ? "@context" : "issuer");
            return null;
        }

        report.Pass("schema", "ok");
        return credential;
    }

    private async Task VerifyAsync(
        BadgeCredential credential,
        UnbakedPicture? picture,
        CityId city,
        ReportBuilder report,
        CancellationToken cancellationToken)
    {
        // 3. Refresh: our credentials name no refresh service. 4. Status and dates.
        ValidityPeriod.Check(credential, report, time.GetUtcNow());
        await status.CheckAsync(credential, city, report, cancellationToken);

        // 5. The recipient is not checked: the hub does not know who presents the badge. 6. Endorsements: there are none yet.
        report.Skip("recipient", "skipped");
        await authority.CheckAsync(credential, city, picture, report, cancellationToken);
    }

    private async Task<bool> ProofAsync(UnverifiedJwt jwt, CityId city, ReportBuilder report, CancellationToken cancellationToken)
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

    private bool Claims(JsonElement payload, BadgeCredential credential, ReportBuilder report)
    {
        var different = JwtClaims.Different(payload, credential) ?? (urls.AwardIdOf(credential.Id) is null ? "jti" : null);
        if (different is null)
        {
            report.Pass("claims", "ok");
            return true;
        }

        report.Fail("claims", "mismatch", different);
        return false;
    }
}
