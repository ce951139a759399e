using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What a look for a status list came to.</summary>
internal abstract record StatusListAnswer
{
    private StatusListAnswer()
    {
    }

    /// <summary>The issuer's own list.</summary>
    /// <param name="At">When it was read.</param>
    public sealed record Found(StatusListBits Bits, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, DateTimeOffset At)
        : StatusListAnswer;

    /// <summary>Nobody can say.</summary>
    /// <param name="TextKey">The sentence after <c>Check.revocation.</c> and <c>Check.suspension.</c></param>
    public sealed record Unknown(string TextKey) : StatusListAnswer
    {
        /// <summary>Nothing could be had.</summary>
        public static Unknown Unreachable { get; } = new("unreachable");

        /// <summary>What is there is no status list.</summary>
        public static Unknown Unreadable { get; } = new("unreadable");

        /// <summary>No good proof by the badge's issuer.</summary>
        public static Unknown NotProven { get; } = new("notProven");

        /// <summary>It asks for more work than one request may cost.</summary>
        public static Unknown TooMuch { get; } = new("tooMuch");

        /// <summary>A list of another purpose, of another address, or of somebody else.</summary>
        public static Unknown Other { get; } = new("otherList");
    }
}

/// <summary>
/// A status list credential: https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential, or its predecessor
/// https://www.w3.org/TR/2023/WD-vc-status-list-20230427/#statuslist2021credential.
/// </summary>
internal static class StatusListDocument
{
    /// <summary>https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm, as far as the bits.</summary>
    public static async Task<StatusListAnswer> ReadAsync(
        SignedCredential signed,
        string address,
        string purpose,
        Issuer issuer,
        ProofVerifier proofs,
        TimeProvider time,
        WorkBudget budget)
    {
        var (_, proven) = await ProvenCredential.CheckAsync(signed, issuer, proofs, budget);
        return proven is null || proven.Conflict is not null ? StatusListAnswer.Unknown.NotProven
            : !JwtClaims.AreIssuers(proven.Payload, issuer.Id) ? StatusListAnswer.Unknown.NotProven
            : budget.Run(() => Read(proven, address, purpose, issuer.Id, time.GetUtcNow()));
    }

    private static StatusListAnswer Read(ProvenCredential proven, string address, string purpose, string issuer, DateTimeOffset now)
    {
        var list = proven.Document;
        var is2021 = list.Has("type", "StatusList2021Credential");
        if (!(is2021 || list.Has("type", "BitstringStatusListCredential"))
            || list.Member("credentialSubject") is not { } subject
            || !subject.Has("type", is2021 ? "StatusList2021" : "BitstringStatusList")
            || subject.Text("encodedList") is not { } encoded)
        {
            return StatusListAnswer.Unknown.Unreadable;
        }

        if (list.IssuerId() != issuer
            || (list.Member("id") is not null && list.Text("id") != address)
            || !subject.Has("statusPurpose", purpose))
        {
            return StatusListAnswer.Unknown.Other;
        }

        // The predecessor has the same bits without the multibase prefix.
        return StatusListBits.TryDecode(is2021 && encoded is not ['u', ..] ? "u" + encoded.TrimEnd('=') : encoded, out var bits, out _)
            && Optional(list, out var from, "validFrom", "issuanceDate")
            && Optional(list, out var until, "validUntil", "expirationDate")
            && JwtClaims.AreDated(proven.Payload)
                ? new StatusListAnswer.Found(
                    bits,
                    JwtClaims.Moment(proven.Payload, "nbf") is { } nbf && !(from > nbf) ? nbf : from,
                    JwtClaims.Moment(proven.Payload, "exp") is { } exp && !(until < exp) ? exp : until,
                    now)
                : StatusListAnswer.Unknown.Unreadable;
    }

    // By either version of the data model. A moment that cannot be read must not become none.
    private static bool Optional(JsonElement list, out DateTimeOffset? moment, params ReadOnlySpan<string> names)
    {
        moment = null;
        foreach (var name in names)
        {
            if (list.Member(name) is not null)
            {
                moment = list.Moment(name);
                return moment is not null;
            }
        }

        return true;
    }
}
