using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Status;

public sealed class StatusListTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StatusEntryTable Entries => _hub.Get<StatusEntryTable>();

    private StatusLists Lists => _hub.Get<StatusLists>();

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential</summary>
    [Fact]
    public async Task A_published_list_has_the_shape_of_the_specification()
    {
        await Lists.EnsureAsync(SampleCity.Plymouth, 1, Cancel);

        foreach (var purpose in StatusPurposes.All)
        {
            var list = JsonNode.Parse(VcJwt.Read((await Lists.FindAsync(SampleCity.Plymouth, purpose, 1, Cancel))!.Jwt)!.Payload)!;
            var id = $"https://hub.example/cities/plymouth/status/{purpose}-1";

            Assert.Equal(id, (string?)list["id"]);
            Assert.Equal(["VerifiableCredential", "BitstringStatusListCredential"], list["type"]!.AsArray().Select(t => (string?)t));
            Assert.Equal(["https://www.w3.org/ns/credentials/v2"], list["@context"]!.AsArray().Select(t => (string?)t));
            Assert.Equal("https://hub.example/cities/plymouth", (string?)list["issuer"]);
            Assert.Equal(["id", "type", "statusPurpose", "encodedList"], list["credentialSubject"]!.AsObject().Select(m => m.Key));
            Assert.Equal("BitstringStatusList", (string?)list["credentialSubject"]!["type"]);
            Assert.Equal(purpose, (string?)list["credentialSubject"]!["statusPurpose"]);
            Assert.True(StatusListBits.TryDecode((string)list["credentialSubject"]!["encodedList"]!, out var bits, out _));
            Assert.Equal(131_072, bits.Length);
            Assert.Equal(StatusLists.Validity, (DateTimeOffset)list["validUntil"]! - (DateTimeOffset)list["validFrom"]!);
            Assert.Equal(((DateTimeOffset)list["validUntil"]!).ToUnixTimeSeconds(), (long)list["exp"]!);
        }
    }

    /// <summary>I3: both npm implementations look for the list with a proof within.</summary>
    [Fact]
    public async Task The_list_with_its_proof_within_says_the_same_and_is_signed_by_the_city()
    {
        await Lists.EnsureAsync(SampleCity.Plymouth, 1, Cancel);
        var key = Assert.Single(
            await _hub.Get<ICredentialSigner>().KeysAsync(SampleCity.Plymouth, Cancel), k => k.Algorithm == SigningAlgorithm.ES256);
        var (issuer, urls) = ("https://hub.example/cities/plymouth", _hub.Get<HubUrls>());

        foreach (var purpose in StatusPurposes.All)
        {
            var list = (await Lists.FindAsync(SampleCity.Plymouth, purpose, 1, Cancel))!;

            var report = await new ProofVerifier(_hub.Time).VerifyAsync(
                list.Embedded,
                (id, _) => new(id == urls.VerificationMethod(SampleCity.Plymouth, key.Multikey, IssuerScheme.Https)
                    ? new VerificationMethod(id, issuer, key.VerificationKey)
                    : null),
                new(Cancel));

            Assert.Equal((ProofOutcome.Good, ""), (report.Outcome, report.Reason));
            var token = VcJwt.WithoutClaims(JsonElement.Parse(VcJwt.Read(list.Jwt)!.Payload));
            Assert.True(JsonElement.DeepEquals(token, report.VerifiedDocument!.Value));
        }
    }

    [Fact]
    public async Task Entries_taken_at_the_same_time_are_all_different()
    {
        var ids = Enumerable.Range(0, 200).Select(i => AwardId.Parse($"{i:D26}")).ToArray();

        var taken = await Task.WhenAll(ids.Select(AllocateAsync));

        Assert.Equal(200, taken.Distinct().Count());
        Assert.All(taken, t => Assert.Equal(1, t.List));
        Assert.All(taken, t => Assert.InRange(t.Index, 0, 131_071));

        // Spread over the list, and neighbours in time are no neighbours in it.
        Assert.InRange(taken.Count(t => t.Index < 65_536), 60, 140);
        Assert.True(taken.Zip(taken.Skip(1)).Count(p => p.First.Index < p.Second.Index) is > 60 and < 140);
        Assert.Equal(taken, await Task.WhenAll(ids.Select(AllocateAsync)));
    }

    [Theory]
    [InlineData(StatusEntryTable.Draws - 1, 1)]
    [InlineData(StatusEntryTable.Draws, 2)]
    public async Task When_every_draw_is_taken_the_next_list_begins_and_no_sooner(int taken, int expected)
    {
        // Somebody else's award has the entries that this one looks for in list 1.
        var id = AwardId.Parse("0123456789ABCDEFGHJKMNPQRS");
        for (var draw = 0; draw < taken; draw++)
        {
            var index = _hub.Get<HubIds>().StatusIndex(id, 1, draw, StatusListBits.MinimumLength);
            await _hub.Storage.StatusEntries.UpsertEntityAsync(
                new TableEntity("plymouth|1", $"{index:D6}") { ["Award"] = "other" }, cancellationToken: Cancel);
        }

        var (list, _) = await AllocateAsync(id);
        var (next, _) = await AllocateAsync(AwardId.Parse("ABCDEFGHJKMNPQRS0123456789"));

        Assert.Equal((expected, expected), (list, next));
    }

    /// <summary>Drawn with the tests' own key: always the same.</summary>
    [Fact]
    public void A_list_is_95_percent_full_before_an_award_finds_no_entry()
    {
        const int Length = StatusListBits.MinimumLength;
        var ids = _hub.Get<HubIds>();
        var taken = new HashSet<int>();
        var draws = 0;

        for (var found = true; found;)
        {
            var id = AwardId.Parse($"{taken.Count:D26}");
            found = Enumerable.Range(0, StatusEntryTable.Draws).Any(draw =>
            {
                draws++;
                return taken.Add(ids.StatusIndex(id, 1, draw, Length));
            });
        }

        Assert.InRange(taken.Count, 0.95 * Length, Length);
        Assert.InRange((double)draws / taken.Count, 1, 4);
    }

    /// <summary>With every other key too: an award finds nothing in a list of that fill with probability fill^draws.</summary>
    [Fact]
    public void Hardly_one_list_in_a_thousand_ends_before_it_is_95_percent_full()
    {
        var lucky = Enumerable
            .Range(0, (int)(0.95 * StatusListBits.MinimumLength))
            .Aggregate(1.0, (p, taken) => p * (1 - Math.Pow((double)taken / StatusListBits.MinimumLength, StatusEntryTable.Draws)));

        Assert.InRange(lucky, 0.999, 1);
    }

    [Fact]
    public async Task Which_list_is_being_filled_is_asked_once_and_never_goes_back()
    {
        AwardId[] ids = [.. Enumerable.Range(0, 3).Select(i => AwardId.Parse($"{i:D26}"))];
        await AllocateAsync(ids[0]);
        _hub.Faults.Arm(0, Fault.Before);
        await AllocateAsync(ids[1]);
        var calls = _hub.Faults.Count;

        // Another instance has filled list 1, and list 2 as well.
        var third = new TableEntity("plymouth", "current") { ["List"] = 3 };
        await _hub.Storage.StatusEntries.UpsertEntityAsync(third, cancellationToken: Cancel);
        for (var draw = 0; draw < StatusEntryTable.Draws; draw++)
        {
            var index = _hub.Get<HubIds>().StatusIndex(ids[2], 1, draw, StatusListBits.MinimumLength);
            await _hub.Storage.StatusEntries.UpsertEntityAsync(
                new TableEntity("plymouth|1", $"{index:D6}") { ["Award"] = "other" }, cancellationToken: Cancel);
        }

        Assert.Equal(1, calls);
        Assert.Equal(3, (await AllocateAsync(ids[2])).List);
    }

    [Fact]
    public async Task Forty_awards_revoked_while_the_publisher_is_at_work_are_one_publication_with_all_of_them()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 41).Select(async i =>
        {
            await _hub.DeliverAsync($"learner-{i}@example.org");
            return _hub.AwardIdOf($"learner-{i}@example.org");
        }));
        await _hub.PumpAsync();

        var before = _hub.Signer.Signatures;
        var vault = new TaskCompletionSource();
        _hub.Signer.Gate = vault.Task;
        _hub.Faults.Arm(0, Fault.Before);

        // The first one's publication waits for its signature; meanwhile the others come.
        var first = RevokeAsync(ids[0]);
        await UntilAsync(() => _hub.Signer.Signatures == before + 1);
        var others = ids.Skip(1).Select(RevokeAsync).ToList();
        await UntilAsync(() => _hub.Get<StatusPublisher>().Waiting(SampleCity.Plymouth, 1) == 40);
        vault.SetResult();
        var results = await Task.WhenAll([first, .. others]);

        // Each: find, send, change, read again for each of both lists, mark, audit. Each publication: both lists, one of them put, signed
        // once as a token and once with its proof within.
        Assert.Equal((1 + 1) * 2, _hub.Signer.Signatures - before);
        Assert.Equal((41 * 7) + (2 * 3), _hub.Faults.Count);
        Assert.All(results, r => Assert.Equal(StewardResult.Done, r));
        var bits = await BitsAsync(StatusPurposes.Revocation);
        foreach (var id in ids)
        {
            Assert.True(bits.Get((await _hub.AwardAsync(id)).Status!.Index));
        }

        Assert.Equal(41, Enumerable.Range(0, bits.Length).Count(bits.Get));
        Assert.Equal(0, Enumerable.Range(0, bits.Length).Count((await BitsAsync(StatusPurposes.Suspension)).Get));

        Task<StewardResult> RevokeAsync(AwardId id) => _hub.Get<Stewardship>().RevokeAsync(SampleCity.Plymouth, id, "a test", Cancel);

        static async Task UntilAsync(Func<bool> isSo)
        {
            while (!isSo())
            {
                await Task.Delay(10, Cancel);
            }
        }
    }

    [Fact]
    public async Task A_list_that_is_a_day_old_is_signed_again_when_it_is_read()
    {
        await Lists.EnsureAsync(SampleCity.Plymouth, 1, Cancel);
        var first = await Lists.FindAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 1, Cancel);
        _hub.Time.Advance(TimeSpan.FromHours(20));
        var same = await Lists.FindAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 1, Cancel);
        _hub.Time.Advance(TimeSpan.FromHours(5));
        var later = await Lists.FindAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 1, Cancel);

        Assert.Equal(first!.Jwt, same!.Jwt);
        Assert.Equal(first.Embedded, same.Embedded);
        Assert.NotEqual(first.Jwt, later!.Jwt);
        Assert.NotEqual(first.Embedded, later.Embedded);
    }

    [Fact]
    public async Task There_is_no_list_that_was_never_published()
    {
        Assert.Null(await Lists.FindAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 9, Cancel));
        Assert.Null(await Lists.FindAsync(CityId.Parse("nowhere"), StatusPurposes.Revocation, 1, Cancel));
    }

    private async Task<StatusListBits> BitsAsync(string purpose)
    {
        var list = JsonNode.Parse(VcJwt.Read((await Lists.FindAsync(SampleCity.Plymouth, purpose, 1, Cancel))!.Jwt)!.Payload)!;
        Assert.True(StatusListBits.TryDecode((string)list["credentialSubject"]!["encodedList"]!, out var bits, out _));
        return bits;
    }

    private Task<(int List, int Index)> AllocateAsync(AwardId award) =>
        Entries.AllocateAsync(SampleCity.Plymouth, IssuerScheme.Https, award, Cancel);
}
