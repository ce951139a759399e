using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.OpenBadges.Contexts;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// What a proof secures, of somebody's document that may be anything: made canonical at most once in each way, however many proofs look at
/// it, and only as far as the request's budget goes.
/// </summary>
/// <param name="document">Without its proofs, or with those that the proof secures as well.</param>
internal sealed class SecuredDocument(JsonElement document, WorkBudget budget)
{
    private readonly Dictionary<HashAlgorithmName, Lazy<byte[]>> _json = [];
    private Edition[]? _editions;

    public JsonElement Document => document;

    public WorkBudget Budget => budget;

    /// <summary>The contexts as they are now, then as they have been.</summary>
    public IReadOnlyList<Edition> Editions =>
        _editions ??= [.. PublishedContexts.Editions(CredentialRdf.Contexts(document)).Select(store => new Edition(this, store))];

    /// <summary>Of the canonical JSON.</summary>
    public byte[] JsonHash(HashAlgorithmName hash) => Once(_json, hash, () =>
    {
        budget.Spend(Work.Bytes, ProofJson.Raw(document).Length);
        return CryptographicOperations.HashData(hash, JsonCanonicalizer.Canonicalize(document));
    });

    /// <summary>
    /// The first edition under which the proof is good. An error under one is no verdict under another; it counts if there is no better.
    /// But what needs too much work under one is not tried again.
    /// </summary>
    public bool UnderAnyEdition(Func<Edition, bool> verifies)
    {
        JsonLdException? error = null;
        foreach (var edition in Editions)
        {
            budget.Spend(Work.Editions);
            try
            {
                if (verifies(edition))
                {
                    return true;
                }
            }
            catch (JsonLdException e) when (e.Code is not (JsonLdErrors.LimitExceeded or Rdfc10.WorkLimitExceeded))
            {
                error ??= e;
            }
        }

        return error is null ? false : throw error;
    }

    // An error is found once too.
    private static byte[] Once(Dictionary<HashAlgorithmName, Lazy<byte[]>> known, HashAlgorithmName hash, Func<byte[]> make)
    {
        if (!known.TryGetValue(hash, out var found))
        {
            known[hash] = found = new Lazy<byte[]>(make, LazyThreadSafetyMode.ExecutionAndPublication);
        }

        return found.Value;
    }

    /// <summary>The document under one published text of each of its contexts.</summary>
    internal sealed class Edition(SecuredDocument of, ContextStore contexts)
    {
        private readonly Dictionary<HashAlgorithmName, Lazy<byte[]>> _rdf = [];
        private readonly JsonLdProcessor _processor = new(contexts, CredentialRdf.Limits, of.Budget);

        /// <summary>Of the document's canonical statements.</summary>
        public byte[] RdfHash(HashAlgorithmName hash) => Once(_rdf, hash, () => HashOf(of.Document, hash));

        /// <summary>Of a proof's, under the document's context.</summary>
        public byte[] ConfigHash(JsonElement proofOptions, HashAlgorithmName hash) =>
            HashOf(RdfcProof.ProofConfig(of.Document, proofOptions), hash);

        /// <summary>The canonical statements, their blank nodes called as <paramref name="relabel"/> says.</summary>
        public CanonicalDataset Relabelled(Func<string, string> relabel) =>
            Canonical(of.Document, HashAlgorithmName.SHA256, relabel);

        private byte[] HashOf(JsonElement json, HashAlgorithmName hash) =>
            CryptographicOperations.HashData(hash, Canonical(json, hash).NQuads.Span);

        // The canonicalization itself uses the same hash, which changes the labels of blank nodes.
        private CanonicalDataset Canonical(JsonElement json, HashAlgorithmName hash, Func<string, string>? relabel = null)
        {
            of.Budget.Spend(Work.Bytes, ProofJson.Raw(json).Length);
            return Rdfc10.Canonicalize(
                _processor.ToRdf(json),
                hash == HashAlgorithmName.SHA384 ? JsonLd.Canonicalization.RdfHash.Sha384 : JsonLd.Canonicalization.RdfHash.Sha256,
                relabel,
                budget: of.Budget);
        }
    }
}
