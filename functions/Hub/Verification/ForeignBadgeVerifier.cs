using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Verifies badges that no city on this hub issued. Whether such a badge is authentic and current can be found out; whether its issuer may
/// award it cannot, because the hub does not know the issuer.
/// </summary>
public sealed class ForeignBadgeVerifier(ForeignProofs proofs, ForeignStatus status, TimeProvider time)
{
    // https://www.w3.org/TR/vc-jose-cose/#securing-with-jose: this type promises a credential as payload. A media type, so its case is
    // nothing, and "application/" may stand before it (RFC 7515, 4.1.9).
    private static readonly string[] VcJwtTypes = ["vc+jwt", "application/vc+jwt"];

    internal async Task VerifyAsync(SignedCredential signed, string issuer, ReportBuilder report, CancellationToken cancellationToken)
    {
        report.Pass("issuer", "foreign", IssuerName.Of(issuer));

        // 1. The schema.
        if (!BadgeCredential.Is(signed.Credential))
        {
            report.Unknown("schema", "otherKind");
            return;
        }

        if (BadgeCredential.Read(signed.Credential, out var problem) is not { } credential)
        {
            report.Fail("schema", "bad", problem);
            return;
        }

        report.Pass("schema", "ok");

        // 2. The claims beside the credential, which cost nothing, and the proof, by a key that belongs to the issuer.
        if (!Claims(signed, credential, report) || !await ProofAsync(signed, credential, report, cancellationToken))
        {
            return;
        }

        // 3. Refresh is not followed: what is looked at is what was handed in. 4. Status and dates.
        credential = JwtClaims.Dated(signed.Payload, credential);
        ValidityPeriod.Check(credential, report, time.GetUtcNow());
        await status.CheckAsync(credential, report, cancellationToken);

        // 5. The recipient is not checked: the hub does not know who presents the badge. 6. Nor are endorsements, which change no answer.
        report.Skip("recipient", "foreign");
        report.Unknown("achievement", "foreign");
        report.Unknown("provider", "foreign");

        // Not even the picture's address: whoever opens the report must not call on third parties.
        report.Skip("picture", "none");
        report.Describe(credential);
    }

    private static bool Claims(SignedCredential signed, BadgeCredential credential, ReportBuilder report)
    {
        if (signed.Jwt is null)
        {
            report.Pass("claims", "within");
            return true;
        }

        // Claims of a vc have been taken into the credential, or contradict it.
        var different = signed.Conflict
            ?? (signed.Payload.Member("vc") is not null ? null
                : VcJwtTypes.Contains(signed.Jwt.Header.Type, StringComparer.OrdinalIgnoreCase)
                    ? JwtClaims.DifferentByJose(signed.Payload, credential)
                : JwtClaims.Different(signed.Payload, credential));
        if (different is null)
        {
            report.Pass("claims", "ok");
            return true;
        }

        report.Fail("claims", "mismatch", different);
        return false;
    }

    private async Task<bool> ProofAsync(
        SignedCredential signed, BadgeCredential credential, ReportBuilder report, CancellationToken cancellationToken)
    {
        var outcome = await proofs.CheckAsync(signed, credential.Issuer, cancellationToken);
        report.Add(outcome.Check, outcome.Outcome, outcome.TextKey);
        if (outcome.Outcome != CheckOutcome.Pass)
        {
            return false;
        }

        report.Pass("key", "ok");
        return true;
    }
}
