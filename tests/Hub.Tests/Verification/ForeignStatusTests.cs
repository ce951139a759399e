using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>
/// Security rows 17 and 26: a stranger's list of badges taken back. Whatever is wrong with it is "could not check", never a yes.
/// </summary>
[Collection(nameof(IssuedHub))]
public sealed class ForeignStatusTests(IssuedHub issued) : IAsyncDisposable
{
    private const string Address = SomeForeignList.Address;
    private const int Index = SomeForeignList.Index;

    private readonly Strangers _strangers = new(issued.Hub);

    private SomeIssuer Issuer => field ??= _strangers.Issuer("did:web");

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    /// <summary>The entry's type, the list's form, and whether the list is one of Data Model 1.1.</summary>
    public static TheoryData<string, string> Lists => new()
    {
        { "BitstringStatusListEntry", "token" },
        { "BitstringStatusListEntry", "token with vc" },
        { "BitstringStatusListEntry", "proof" },
        { "StatusList2021Entry", "token" },
        { "StatusList2021Entry", "token with vc" },
        { "StatusList2021Entry", "proof" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_is_read_in_each_of_its_forms(string type, string form)
    {
        foreach (var (purpose, set) in new[] { ("revocation", false), ("revocation", true), ("suspension", false), ("suspension", true) })
        {
            await using var strangers = new Strangers(issued.Hub);
            var issuer = strangers.Issuer("did:web");
            var list = SomeForeignList.Of(issuer.Id, type, purpose, set ? [Index] : []);
            strangers.Internet.Serve(Address, Encoding.UTF8.GetBytes(form switch
            {
                "token" => issuer.Token(list, h => h["typ"] = "vc+jwt"),
                "token with vc" => issuer.Token(new JsonObject { ["iss"] = issuer.Id, ["jti"] = Address, ["vc"] = list.DeepClone() }),
                _ => issuer.Proved(list, Cryptosuite.EcdsaRdfc2019).ToJsonString(),
            }));

            var report = await strangers.VerifyAsync(Badge(issuer, SomeForeignList.Entry(type, purpose)));

            Assert.Equal((Answer.Yes, set ? Answer.No : Answer.Yes), (report.Authentic, report.Current));
            Assert.Equal(
                set ? (CheckOutcome.Fail, $"Check.{purpose}.set") : (CheckOutcome.Pass, $"Check.{purpose}.ok"), report.Of(purpose));
        }
    }

    [Fact]
    public async Task The_neighbours_bits_do_not_count_and_the_last_one_does()
    {
        Serve(SomeForeignList.Of(Issuer.Id, set: [Index - 1, Index + 1, 131_071]));

        Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry()))).Current);
        Assert.Equal(Answer.No, (await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry(index: "131071")))).Current);
    }

    [Theory]
    [InlineData("131072")]
    [InlineData("2147483647")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData(" 1")]
    [InlineData("")]
    public async Task A_place_outside_the_list_is_could_not_check(string index)
    {
        Serve(SomeForeignList.Of(Issuer.Id));

        var report = await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry(index: index)));

        Assert.Equal((Answer.Yes, Answer.Unknown), (report.Authentic, report.Current));
        Assert.Equal(CheckOutcome.Unknown, report.Of("revocation").Outcome);
    }

    /// <summary>What is wrong with the list, and what is said of it.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "nothing there", "unreachable" },
        { "an error page", "unreadable" },
        { "no text", "unreadable" },
        { "no list", "unreadable" },
        { "a badge", "unreadable" },
        { "not gzip", "unreadable" },
        { "too large", "unreadable" },
        { "a date that cannot be read", "unreadable" },
        { "unsigned", "notProven" },
        { "changed after signing", "notProven" },
        { "another's key", "notProven" },
        { "another issuer", "notProven" },
        { "another iss", "notProven" },
        { "expired token", "stale" },
        { "token of tomorrow", "stale" },
        { "another issuer by name", "otherList" },
        { "another purpose", "otherList" },
        { "another id", "otherList" },
        { "short", "tooShort" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_list_that_cannot_be_relied_on_is_could_not_check(string wrong, string words)
    {
        ServeSpoilt(wrong);

        var report = await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry()));

        Assert.Equal((Answer.Yes, Answer.Unknown, Answer.Unknown), report.Answers());
        Assert.Equal((CheckOutcome.Unknown, $"Check.revocation.{words}"), report.Of("revocation"));
    }

    [Fact]
    public async Task A_bit_that_is_set_in_a_list_that_is_too_short_is_still_the_issuers_word()
    {
        var list = SomeForeignList.Of(Issuer.Id);
        list["credentialSubject"]!["encodedList"] = SomeForeignList.Zipped([0x10]);
        Serve(list);

        var set = await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry(index: "3")));
        var clear = await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry(index: "4")));

        Assert.Equal((CheckOutcome.Fail, "Check.revocation.set"), set.Of("revocation"));
        Assert.Equal((CheckOutcome.Unknown, "Check.revocation.tooShort"), clear.Of("revocation"));
    }

    [Fact]
    public async Task An_entry_may_write_its_place_as_a_number_and_its_type_as_a_list()
    {
        Serve(SomeForeignList.Of(Issuer.Id, set: [Index]));
        var entry = SomeForeignList.Entry();
        (entry["statusListIndex"], entry["type"]) = (Index, new JsonArray("BitstringStatusListEntry"));

        Assert.Equal((CheckOutcome.Fail, "Check.revocation.set"), (await _strangers.VerifyAsync(Badge(Issuer, entry))).Of("revocation"));
    }

    [Theory]
    [InlineData("validUntil", "2025-06-01T00:00:00Z")]
    [InlineData("validFrom", "2098-06-01T00:00:00Z")]
    public async Task A_list_outside_its_dates_is_too_old_to_rely_on(string member, string moment)
    {
        var list = SomeForeignList.Of(Issuer.Id);
        list[member] = moment;
        Serve(list);

        Assert.Equal(
            (CheckOutcome.Unknown, "Check.revocation.stale"),
            (await _strangers.VerifyAsync(Badge(Issuer, SomeForeignList.Entry()))).Of("revocation"));
    }

    [Theory]
    [InlineData("""{"id":"https://college.example/revoked","type":"1EdTechRevocationList"}""")]
    [InlineData(
        """{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":7.5,"statusListCredential":"https://""" +
        """college.example/status/3"}""")]
    [InlineData(
        """{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"https://""" +
        """college.example/status/3","statusSize":2}""")]
    [InlineData("""{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7"}""")]
    [InlineData("""{"type":"BitstringStatusListEntry","statusListIndex":"7","statusListCredential":"https://college.example/status/3"}""")]
    [InlineData("\"https://college.example/status/3\"")]
    [InlineData("[7]")]
    public async Task A_status_that_the_hub_cannot_read_is_could_not_check_and_nobody_is_called(string status)
    {
        var issuer = _strangers.Issuer("did:key");

        var report = await _strangers.VerifyAsync(Badge(issuer, JsonNode.Parse(status)!));

        Assert.Equal((Answer.Yes, Answer.Unknown), (report.Authentic, report.Current));
        Assert.Equal((CheckOutcome.Unknown, "Check.revocation.otherKind"), report.Of("revocation"));
        Assert.Empty(_strangers.Internet.Requests);
    }

    [Fact]
    public async Task The_worst_of_several_lists_counts()
    {
        Serve(SomeForeignList.Of(Issuer.Id));
        var (good, gone) = (SomeForeignList.Entry(), SomeForeignList.Entry(list: $"{SomeIssuer.Host}/status/4"));
        var suspended = $"{SomeIssuer.Host}/status/5";
        Serve(SomeForeignList.Of(Issuer.Id, purpose: "suspension", set: [Index], address: suspended), suspended);

        var unknown = await _strangers.VerifyAsync(Badge(Issuer, new JsonArray(good.DeepClone(), gone)));
        var paused = await _strangers.VerifyAsync(
            Badge(Issuer, new JsonArray(good.DeepClone(), SomeForeignList.Entry(purpose: "suspension", list: suspended))));

        Assert.Equal((CheckOutcome.Unknown, "Check.revocation.unreachable"), unknown.Of("revocation"));
        Assert.Equal(Answer.Unknown, unknown.Current);
        Assert.Equal((CheckOutcome.Fail, "Check.suspension.set"), paused.Of("suspension"));
        Assert.Equal(Answer.No, paused.Current);
    }

    [Fact]
    public async Task A_purpose_that_says_nothing_about_validity_is_not_asked_for()
    {
        var issuer = _strangers.Issuer("did:key");

        var report = await _strangers.VerifyAsync(Badge(issuer, SomeForeignList.Entry(purpose: "message")));

        Assert.Equal(Answer.Yes, report.Current);
        Assert.Empty(_strangers.Internet.Requests);
    }

    private static string Badge(SomeIssuer issuer, JsonNode status)
    {
        var credential = SomeForeignBadge.Credential(issuer.Id);
        credential["credentialStatus"] = status.DeepClone();
        return issuer.Token(SomeForeignBadge.Payload(credential));
    }

    private void Serve(JsonObject list, string address = Address) =>
        _strangers.Internet.Serve(address, Encoding.ASCII.GetBytes(Issuer.Token(list, h => h["typ"] = "vc+jwt")));

    private void ServeSpoilt(string wrong)
    {
        var (list, mallory) = (SomeForeignList.Of(Issuer.Id), SomeKeys.Of(KeyKind.P256));
        var subject = list["credentialSubject"]!.AsObject();
        switch (wrong)
        {
            case "nothing there":
                return;
            case "an error page":
                _strangers.Internet.Serve(Address, "<html>Not now</html>"u8.ToArray(), "text/html");
                return;
            case "unsigned":
                _strangers.Internet.Serve(Address, list);
                return;
            case "changed after signing":
                var proved = Issuer.Proved(SomeForeignList.Of(Issuer.Id, set: [Index]), Cryptosuite.EcdsaRdfc2019);
                proved["credentialSubject"]!["encodedList"] = new StatusListBits().Encode();
                _strangers.Internet.Serve(Address, proved);
                return;
            case "another's key":
                _strangers.Internet.Serve(Address, Encoding.ASCII.GetBytes((Issuer with { Key = mallory }).Token(list)));
                return;
            case "another issuer":
                // Well signed by somebody, who is not the badge's issuer.
                var other = new SomeIssuer(mallory.Did, $"{mallory.Did}#{mallory.Multibase}", mallory);
                _strangers.Internet.Serve(Address, Encoding.ASCII.GetBytes(other.Token(SomeForeignList.Of(other.Id))));
                return;
            case "another issuer by name":
                list["issuer"] = mallory.Did;
                break;
            case "another iss":
                list["iss"] = mallory.Did;
                break;
            case "another purpose":
                subject["statusPurpose"] = "suspension";
                break;
            case "another id":
                list["id"] = $"{Address}4";
                break;
            case "no list":
                list["type"] = new JsonArray("VerifiableCredential");
                break;
            case "a badge":
                list = SomeForeignBadge.Credential(Issuer.Id);
                break;
            case "short":
                subject["encodedList"] = SomeForeignList.Zipped(new byte[(StatusListBits.MinimumLength / 8) - 1]);
                break;
            case "not gzip":
                subject["encodedList"] = "u" + Base64Url.EncodeToString(new byte[20_000]);
                break;
            case "too large":
                subject["encodedList"] = SomeForeignList.Zipped(new byte[100 * 1024 * 1024]);
                break;
            case "no text":
                subject["encodedList"] = new JsonArray();
                break;
            case "expired token":
                list["exp"] = 1_750_000_000;
                break;
            case "token of tomorrow":
                list["nbf"] = 4_000_000_000;
                break;
            default:
                list["validUntil"] = "soon";
                break;
        }

        Serve(list);
    }
}
