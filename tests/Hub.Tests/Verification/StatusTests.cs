using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Awards;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>
/// Security rows 17 (an unreachable status is never "not revoked"), 18 (stale results) and 26 (a gzip bomb in a status list).
/// </summary>
public sealed class StatusTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;
    private IssuedBadge _badge = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubUnderTest.StartAsync("plymouth", "brighton");
        _badge = await _hub.IssueAsync();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_list_that_is_not_the_citys_own_signed_list_answers_nothing()
    {
        foreach (var purpose in StatusPurposes.All)
        {
            var (real, other) = (await ReadAsync(purpose), await ReadAsync(StatusPurposes.All.Single(p => p != purpose)));
            var token = Encoding.ASCII.GetString(real);
            var payload = JsonNode.Parse(VcJwt.Read(real)!.Payload)!;
            var cases = new Dictionary<string, byte[]?>
            {
                ["missing"] = null,
                ["empty"] = [],
                ["garbage"] = [1, 2, 3],
                ["signature changed"] = Encoding.ASCII.GetBytes(token[..^6] + (token[^6] == 'A' ? 'B' : 'A') + token[^5..]),
                ["unsigned"] = Encoding.ASCII.GetBytes(Forge.Jwt("""{"alg":"none"}""", VcJwt.Read(real)!.Payload, _ => [])),
                ["another purpose's list"] = other,
                ["a badge"] = _badge.Jwt,
                ["purpose changed"] = await SignedAsync(payload, p => p["credentialSubject"]!["statusPurpose"] = "message"),
                ["id changed"] = await SignedAsync(payload, p => p["id"] = _hub.Urls.StatusList(SampleCity.Plymouth, purpose, 2)),
                ["issuer changed"] = await SignedAsync(payload, p => p["issuer"] = _hub.Urls.City(SampleCity.Brighton)),
                ["signed by another city"] = Encoding.ASCII.GetBytes(await _hub.SignedByAsync("brighton", Bytes(payload))),
                ["no subject"] = await SignedAsync(payload, p => p.AsObject().Remove("credentialSubject")),
                ["no end"] = await SignedAsync(payload, p => _ = p.AsObject().Remove("validUntil") && p.AsObject().Remove("exp")),
                ["no list"] = await SignedAsync(payload, p => p["credentialSubject"]!.AsObject().Remove("encodedList")),
                ["not gzip"] = await SignedAsync(payload, p => p["credentialSubject"]!["encodedList"] = "uAAAA"),
                ["too short"] = await SignedAsync(payload, p => p["credentialSubject"]!["encodedList"] = Zeros(16 * 1024 - 1)),
                ["a bomb"] = await SignedAsync(payload, p => p["credentialSubject"]!["encodedList"] = Zeros((2 * 1024 * 1024) + 1)),
                ["over"] = await SignedAsync(payload, p => (p["validUntil"], p["exp"]) = ("2026-01-01T00:00:00Z", 1767225600)),
            };

            foreach (var (what, content) in cases)
            {
                await WriteAsync(purpose, content);

                var report = await _hub.VerifyAsync(_badge.Png);

                Assert.True(
                    (report.Authentic, report.Current) == (Answer.Yes, Answer.Unknown),
                    $"{purpose} {what}: {report.Authentic}, {report.Current}");
                Assert.Equal(CheckOutcome.Unknown, report.Checks.Single(c => c.Id == purpose).Outcome);
            }

            await WriteAsync(purpose, real);
            Assert.Equal(Answer.Yes, (await _hub.VerifyAsync(_badge.Png)).Current);
        }
    }

    [Fact]
    public async Task While_storage_is_away_current_could_not_be_checked()
    {
        await _hub.VerifyAsync(_badge.Png);
        _hub.Time.Advance(StatusReader.MaxAge);
        _hub.Faults.Unreachable = true;

        var report = await _hub.VerifyAsync(_badge.Png);
        _hub.Faults.Unreachable = false;

        Assert.Equal((Answer.Yes, Answer.Unknown), (report.Authentic, report.Current));
        Assert.Equal(Answer.Yes, (await _hub.VerifyAsync(_badge.Png)).Current);
    }

    [Fact]
    public async Task A_list_is_believed_as_long_as_it_says_even_when_the_vault_is_away_and_no_longer()
    {
        _hub.Signer.IsAway = () => true;

        _hub.Time.Advance(TimeSpan.FromDays(2));
        var believed = await _hub.VerifyAsync(_badge.Png);
        _hub.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(6));
        var stale = await _hub.VerifyAsync(_badge.Png);
        _hub.Signer.IsAway = () => false;
        _hub.Time.Advance(StatusReader.MaxAge);
        var renewed = await _hub.VerifyAsync(_badge.Png);

        Assert.Equal(Answer.Yes, believed.Current);
        Assert.Equal(Answer.Unknown, stale.Current);
        Assert.Equal("Check.revocation.stale", stale.Checks.Single(c => c.Id == "revocation").TextKey);
        Assert.Equal(Answer.Yes, renewed.Current);
    }

    [Fact]
    public async Task An_answer_from_memory_says_when_it_was_read_and_is_soon_read_again()
    {
        var readAt = (await _hub.VerifyAsync(_badge.Png)).Checks.Single(c => c.Id == "revocation").CheckedAt;

        // Another instance revokes it: this one may answer from memory for five seconds.
        await _hub.Get<AwardTable>().ChangeAsync(_badge.AwardId, a => a.Revoke(SomeAward.At, "a test"), Cancel);
        await _hub.Get<StatusEntryTable>().MarkAsync(await _hub.AwardAsync(_badge.AwardId), Cancel);
        await _hub.Get<StatusLists>().PublishAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 1, Cancel);
        _hub.Time.Advance(TimeSpan.FromSeconds(4));
        var fromMemory = await _hub.VerifyAsync(_badge.Png);
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        var fresh = await _hub.VerifyAsync(_badge.Png);

        Assert.Equal(readAt, fromMemory.Checks.Single(c => c.Id == "revocation").CheckedAt);
        Assert.Equal(Answer.No, fresh.Current);
    }

    private static readonly (string What, Action<JsonNode> Change)[] Entries =
    [
        ("none", c => c.AsObject().Remove("credentialStatus")),
        ("another type", c => c["credentialStatus"]!["type"] = "1EdTechRevocationList"),
        ("a list elsewhere", c => c["credentialStatus"]!["statusListCredential"] = "https://evil.example/status/1"),
        ("another city's list", c => c["credentialStatus"]!["statusListCredential"] =
            "https://hub.example/cities/brighton/status/revocation-1"),
        ("a list that never was", c => c["credentialStatus"]!["statusListCredential"] =
            "https://hub.example/cities/plymouth/status/revocation-7"),
        ("an index outside", c => c["credentialStatus"]!["statusListIndex"] = "131072"),
        ("a negative index", c => c["credentialStatus"]!["statusListIndex"] = "-1"),
        ("an index that is half a number", c => c["credentialStatus"]!["statusListIndex"] = 1.5),
        ("an index too large to count", c => c["credentialStatus"]!["statusListIndex"] = "99999999999"),
    ];

    [Fact]
    public async Task A_status_entry_that_cannot_be_followed_answers_nothing()
    {
        foreach (var (what, change) in Entries)
        {
            var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, change));

            Assert.True(
                (report.Authentic, report.Current) == (Answer.Yes, Answer.Unknown), $"{what}: {report.Authentic}, {report.Current}");
        }
    }

    private async Task<byte[]> SignedAsync(JsonNode payload, Action<JsonNode> change)
    {
        var copy = payload.DeepClone();
        change(copy);
        return Encoding.ASCII.GetBytes(await _hub.SignedByAsync("plymouth", Bytes(copy)));
    }

    private async Task<byte[]> ReadAsync(string purpose) =>
        PublishedStatusList.Read((await Blob(purpose).DownloadContentAsync(Cancel)).Value.Content.ToArray()).Jwt;

    private async Task WriteAsync(string purpose, byte[]? content)
    {
        await Blob(purpose).DeleteIfExistsAsync(cancellationToken: Cancel);
        if (content is not null)
        {
            await Blob(purpose).UploadAsync(BinaryData.FromBytes(content), overwrite: true, Cancel);
        }

        _hub.Time.Advance(StatusReader.MaxAge);
    }

    private BlobClient Blob(string purpose) => _hub.Storage.PublicBlobs.GetBlobClient($"cities/plymouth/status/{purpose}-1");

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static string Zeros(int bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(new byte[bytes]);
        }

        return "u" + Base64Url.EncodeToString(buffer.ToArray());
    }
}
