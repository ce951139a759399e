using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>
/// Decides from the raw bytes whether a delivery comes from its source. Fails closed. Whoever asks, and whatever is wrong, the same work is
/// done: one look through the body for a token, and one HMAC over it for each of two secrets or their stand-ins.
/// </summary>
public sealed class WebhookVerifier(SourceSecrets secrets, TimeProvider time)
{
    /// <param name="source">Null if the city or the source does not exist.</param>
    public VerificationOutcome Verify(CityId city, Source? source, UnverifiedWebhook webhook)
    {
        var profile = source is null ? null : SourceProfiles.Find(source.Profile);
        var (current, next) = source is null ? (null, null) : secrets.Find(city, source.Id);

        var work = new VerificationWork(webhook.Body);
        var token = work.FindToken((profile?.Proof as SenderProof.BodyToken)?.Field ?? "token");
        var shown = profile?.Proof switch
        {
            SenderProof.BodyToken => ShownProof.OfToken(token, current, next),
            SenderProof.HmacHex proof => ShownProof.OfHex(webhook, proof, current, next),
            SenderProof.StandardWebhooks => ShownProof.OfStandardWebhooks(webhook, current, next, time.GetUtcNow()),
            _ => ShownProof.Nothing(source is null ? "no such source" : "the source's profile does not exist"),
        };
        var matches = work.Mac(shown.CurrentKey, shown.Prefix, shown.Signatures)
            | work.Mac(shown.NextKey, shown.Prefix, shown.Signatures)
            | shown.TokenMatches;

        var reason = profile is null ? shown.Reason
            : (current ?? next) is null ? "no secret is configured"
            : shown.Reason ?? (matches ? null : "the signature or token is wrong");
        return reason is null
            ? new VerificationOutcome.Verified(new VerifiedWebhook(city, source!.Id, profile!, webhook), work.Done)
            : new VerificationOutcome.Refused(reason, work.Done);
    }
}

/// <summary>What <see cref="WebhookVerifier"/> found, and the work it took: the same for every delivery of one size.</summary>
public abstract record VerificationOutcome(VerificationEffort Effort)
{
    public sealed record Verified(VerifiedWebhook Webhook, VerificationEffort Effort) : VerificationOutcome(Effort);

    /// <param name="Reason">For the steward's log; the sender is not told.</param>
    public sealed record Refused(string Reason, VerificationEffort Effort) : VerificationOutcome(Effort);
}

/// <param name="Macs">How many HMACs were made over the whole body.</param>
/// <param name="Scans">How often the body was read through for a token.</param>
public sealed record VerificationEffort(int Macs, int Scans);

/// <summary>Does the work over the body, and counts it.</summary>
internal sealed class VerificationWork(ReadOnlyMemory<byte> body)
{
    private static readonly byte[] StandInKey = RandomNumberGenerator.GetBytes(32);

    private int _macs;
    private int _scans;

    public VerificationEffort Done => new(_macs, _scans);

    public string? FindToken(string field)
    {
        _scans++;
        return BodyToken.Find(body.Span, field);
    }

    /// <summary>
    /// Whether one of the signatures is the HMAC-SHA-256 of prefix and body. Without a key the same is computed, for nothing.
    /// </summary>
    public bool Mac(byte[]? key, string prefix, IReadOnlyList<byte[]> signatures)
    {
        _macs++;
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key ?? StandInKey);
        mac.AppendData(Encoding.UTF8.GetBytes(prefix));
        mac.AppendData(body.Span);
        var expected = mac.GetHashAndReset();

        var matches = false;
        foreach (var signature in signatures)
        {
            matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return matches && key is not null;
    }
}
