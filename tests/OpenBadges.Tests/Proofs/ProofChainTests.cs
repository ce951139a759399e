using System.Text.Json.Nodes;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Several proofs on one document: https://www.w3.org/TR/vc-data-integrity/#proof-sets and #proof-chains.</summary>
public sealed class ProofChainTests
{
    private readonly SomeKeyPair _issuer = SomeKeys.Of(KeyKind.P256);
    private readonly SomeKeyPair _other = SomeKeys.Of(KeyKind.Ed25519);

    [Fact]
    public async Task Proofs_of_a_set_stand_each_for_itself()
    {
        var signed = SomeProof.Sign(SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _issuer), Cryptosuite.EddsaJcs2022, _other);

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal(ProofOutcome.Good, report.Outcome);
        Assert.Equal([(ProofOutcome.Good, true), (ProofOutcome.Good, false)], report.Proofs.Select(p => (p.Outcome, p.IsIssuers)));
    }

    [Fact]
    public async Task What_others_add_neither_helps_nor_harms()
    {
        var signed = SomeProof.Sign(SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _issuer), Cryptosuite.EddsaJcs2022, _other);

        signed["proof"]![1]!["created"] = "2026-06-02T10:00:00Z";
        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(signed)).Outcome);

        signed["proof"]![0]!["created"] = "2026-06-02T10:00:00Z";
        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task One_bad_proof_of_the_issuer_spoils_the_good_one()
    {
        var signed = SomeProof.Sign(SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _issuer), Cryptosuite.EcdsaJcs2019, _issuer);
        Assert.Equal(ProofOutcome.Good, (await SomeProof.VerifyAsync(signed)).Outcome);

        signed["proof"]![1]!["created"] = "2026-06-02T10:00:00Z";

        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Theory]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("ecdsa-jcs-2019")]
    public async Task A_proof_of_a_chain_secures_those_before_it(string name)
    {
        var suite = Cryptosuite.All.Single(s => s.Name == name);
        var signed = Chain(suite);
        Assert.Equal([ProofOutcome.Good, ProofOutcome.Good], (await SomeProof.VerifyAsync(signed)).Proofs.Select(p => p.Outcome));

        // The first proof again, with another time and a good signature: another proof than the one that was built upon.
        var document = SomeProof.Signed(
            suite, _issuer, options => (options["id"], options["created"]) = ("urn:proof:1", "2026-06-01T10:00:01Z"));
        signed["proof"]![0] = document["proof"]!.DeepClone();

        Assert.Equal([ProofOutcome.Good, ProofOutcome.Bad], (await SomeProof.VerifyAsync(signed)).Proofs.Select(p => p.Outcome));
    }

    [Fact]
    public async Task A_proof_that_builds_on_one_that_is_missing_is_bad()
    {
        var signed = Chain(Cryptosuite.EcdsaJcs2019);

        signed["proof"]!.AsArray().RemoveAt(0);

        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Proofs[0].Outcome);
    }

    [Fact]
    public async Task A_proof_that_builds_on_a_bad_one_is_bad_though_it_fits()
    {
        var first = SomeProof.Signed(
            Cryptosuite.EcdsaJcs2019, _other with { Sign = _other.Sign }, options => options["id"] = "urn:proof:1");
        first["issuer"]!["id"] = _issuer.Did;
        var signed = SomeProof.Sign(first, Cryptosuite.EcdsaJcs2019, _issuer, options => options["previousProof"] = "urn:proof:1");

        var report = await SomeProof.VerifyAsync(signed);

        Assert.Equal([ProofOutcome.Bad, ProofOutcome.Bad], report.Proofs.Select(p => p.Outcome));
        Assert.Equal("A proof that it builds on is not good.", report.Reason);
    }

    [Fact]
    public async Task A_proof_that_builds_on_one_that_could_not_be_checked_could_not_be_checked()
    {
        var first = SomeProof.Signed(
            Cryptosuite.EcdsaJcs2019, _issuer, options => (options["id"], options["cryptosuite"]) = ("urn:proof:1", "bbs-2023"));
        var signed = SomeProof.Sign(first, Cryptosuite.EcdsaJcs2019, _issuer, options => options["previousProof"] = "urn:proof:1");

        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public async Task A_proof_cannot_build_on_itself()
    {
        var signed = SomeProof.Signed(
            Cryptosuite.EcdsaJcs2019,
            _issuer,
            options => (options["id"], options["previousProof"]) = ("urn:proof:1", new JsonArray("urn:proof:1")));

        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public void Proofs_that_build_on_each_other_are_bad_and_end()
    {
        // Nobody can make such signatures; whoever could would still get nowhere.
        var proof = UnverifiedProof.ReadAll(SomeProof.Element(SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _issuer)))![0];
        ProofVerifier.Attempt[] attempts =
        [
            new(proof with { Id = "a", PreviousProofs = ["b"] }, ProofOutcome.Good, ""),
            new(proof with { Id = "b", PreviousProofs = ["a"] }, ProofOutcome.Good, ""),
            new(proof with { Id = "c", PreviousProofs = [] }, ProofOutcome.Good, ""),
            new(proof with { Id = "d", PreviousProofs = ["c"] }, ProofOutcome.Good, ""),
        ];

        Assert.Equal([ProofOutcome.Bad, ProofOutcome.Bad, ProofOutcome.Good, ProofOutcome.Good], ProofChain.OutcomesOf(attempts));
    }

    [Fact]
    public async Task Proofs_that_name_the_one_before_them_ten_times_are_not_followed()
    {
        var chain = await File.ReadAllBytesAsync(
            Path.Combine(Repository.Root, "tests", "OpenBadges.Tests", "Proofs", "proof-chain-10.json"),
            TestContext.Current.CancellationToken);

        var report = await SomeProof.VerifyAsync(chain);

        // The first is the issuer's, and covers the badge.
        Assert.Equal(ProofOutcome.Good, report.Outcome);
        Assert.Equal([ProofOutcome.Good, .. Enumerable.Repeat(ProofOutcome.Unsupported, 7)], report.Proofs.Select(p => p.Outcome));
    }

    [Theory]
    [InlineData(2, ProofOutcome.Unsupported)]
    [InlineData(300, ProofOutcome.Unsupported)]
    [InlineData(1, ProofOutcome.Good)]
    public async Task A_proof_names_each_earlier_one_once(int times, ProofOutcome expected)
    {
        var signed = Chain(Cryptosuite.EcdsaJcs2019, [.. Enumerable.Repeat("urn:proof:1", times)]);

        Assert.Equal(expected, (await SomeProof.VerifyAsync(signed)).Proofs[^1].Outcome);
    }

    [Fact]
    public async Task A_proof_names_no_more_than_a_document_may_have()
    {
        var names = Enumerable.Range(1, UnverifiedProof.MaxProofs + 1).Select(i => $"urn:proof:{i}");
        var signed = Chain(Cryptosuite.EcdsaJcs2019, [.. names]);

        Assert.Equal(ProofOutcome.Unsupported, (await SomeProof.VerifyAsync(signed)).Proofs[^1].Outcome);
    }

    [Fact]
    public async Task A_proof_of_too_much_is_not_looked_at()
    {
        var signed = Chain(Cryptosuite.EcdsaJcs2019);
        signed["proof"]![0]!["note"] = new string('x', ProofChain.MaxInputBytes);
        var proofs = signed["proof"]!.AsArray();
        var first = proofs[0];
        proofs.RemoveAt(0);
        proofs.Add(first);

        var report = await SomeProof.VerifyAsync(signed);

        // One does not secure its own note; the other would, and is not asked.
        Assert.Equal([ProofOutcome.Unsupported, ProofOutcome.Bad], report.Proofs.Select(p => p.Outcome));
    }

    /// <summary>R3: whatever else there is, it changes nothing.</summary>
    [Fact]
    public async Task After_the_issuers_first_bad_proof_no_other_is_looked_at()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _issuer);
        signed["credentialSubject"]!["achievement"]!["name"] = "Rope making";
        signed["proof"] = new JsonArray([.. Enumerable.Range(0, 8).Select(_ => signed["proof"]!.DeepClone())]);
        var asked = 0;

        var report = await new ProofVerifier(new FakeTimeProvider(SomeProof.Now)).VerifyAsync(
            System.Text.Encoding.UTF8.GetBytes(signed.ToJsonString()),
            (id, _) => new(asked++ >= 0 ? SelfCertifyingDid.Read(id) : null),
            new(TestContext.Current.CancellationToken));

        Assert.Equal((ProofOutcome.Bad, 1, 1), (report.Outcome, report.Proofs.Count, asked));
    }

    [Fact]
    public async Task Proofs_of_one_document_make_it_canonical_once()
    {
        var signed = SomeProof.Signed(Cryptosuite.EcdsaRdfc2019, _issuer);
        var one = await BytesAsync(signed);
        signed["proof"] = new JsonArray([.. Enumerable.Range(0, 8).Select(_ => signed["proof"]!.DeepClone())]);

        // Each proof's own options, and nothing else, seven times more.
        Assert.InRange(await BytesAsync(signed), one, one + (7 * 1000));

        async Task<long> BytesAsync(JsonNode document)
        {
            var budget = new WorkBudget(TestContext.Current.CancellationToken);
            var report = await new ProofVerifier(new FakeTimeProvider(SomeProof.Now)).VerifyAsync(
                System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()), (id, _) => new(SelfCertifyingDid.Read(id)), budget);
            Assert.Equal(ProofOutcome.Good, report.Outcome);
            return budget.Spent(Work.Bytes);
        }
    }

    [Fact]
    public void Each_outcome_is_found_once_however_many_build_on_it()
    {
        // Eight proofs that each build on all before them: 2^7 ways from the last to the first, and a work of 8 steps.
        var proof = UnverifiedProof.ReadAll(SomeProof.Element(SomeProof.Signed(Cryptosuite.EcdsaJcs2019, _issuer)))![0];
        var counted = Enumerable.Range(0, 8).Select(i => new CountedNames([.. Enumerable.Range(0, i).Select(j => $"{j}")])).ToList();
        var attempts = counted
            .Select((names, i) => new ProofVerifier.Attempt(proof with { Id = $"{i}", PreviousProofs = names }, ProofOutcome.Good, ""))
            .ToList();

        Assert.All(ProofChain.OutcomesOf(attempts), outcome => Assert.Equal(ProofOutcome.Good, outcome));
        Assert.All(counted, names => Assert.InRange(names.Reads, 0, 1));
    }

    [Fact]
    public async Task A_request_that_is_gone_is_not_worked_for()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await new ProofVerifier(TimeProvider.System).VerifyAsync(
                System.Text.Encoding.UTF8.GetBytes(Chain(Cryptosuite.EcdsaJcs2019).ToJsonString()), (_, _) => default, new(gone.Token)));
    }

    [Fact]
    public async Task Two_proofs_with_one_id_are_not_read()
    {
        var signed = Chain(Cryptosuite.EcdsaJcs2019);

        signed["proof"]![1]!["id"] = "urn:proof:1";

        Assert.Empty((await SomeProof.VerifyAsync(signed)).Proofs);
    }

    private JsonObject Chain(Cryptosuite suite, params string[] previous) => SomeProof.Sign(
        SomeProof.Signed(suite, _issuer, options => options["id"] = "urn:proof:1"),
        suite,
        _issuer,
        options => options["previousProof"] = previous.Length == 0 ? "urn:proof:1" : new JsonArray([.. previous.Select(p => (JsonNode)p)]));

    private sealed class CountedNames(string[] names) : IReadOnlyList<string>
    {
        public int Reads { get; private set; }

        public int Count => names.Length;

        public string this[int index] => names[index];

        public IEnumerator<string> GetEnumerator()
        {
            Reads++;
            return names.AsEnumerable().GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
