using System.Text;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Baking;
using CsCheck;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Change anything that was signed and the badge is not authentic. Security rows 11 (picture swapped) and 24 (JSON).</summary>
[Collection(nameof(IssuedHub))]
public sealed class TamperingTests(IssuedHub issued)
{
    private readonly HubUnderTest _hub = issued.Hub;
    private readonly IssuedBadge _badge = issued.Badge;

    [Fact]
    public async Task An_untouched_badge_is_authentic_current_and_authorised_in_every_form()
    {
        foreach (var form in new[] { _badge.Jwt, _badge.Png, _badge.Svg })
        {
            var report = await _hub.VerifyAsync(form);

            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (report.Authentic, report.Current, report.Authorised));
            Assert.False(report.Badge!.PictureDiffers);
        }
    }

    [Fact]
    public async Task Whichever_byte_of_the_credential_changes_it_is_not_authentic()
    {
        for (var i = 0; i < _badge.Jwt.Length; i++)
        {
            // The lowest bit turns most letters into another letter of the alphabet; the next ones leave it.
            foreach (var bit in new byte[] { 1, (byte)(2 << (i % 6)) })
            {
                var changed = _badge.Jwt.ToArray();
                changed[i] ^= bit;
                var given = i % 16 == 0 && changed[i] is > 31 and < 127 ? _badge.PngWith(changed) : changed;

                Assert.True((await _hub.VerifyAsync(given)).Authentic != Answer.Yes, $"Byte {i} xor {bit}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_byte_of_the_file_changes_it_is_not_authentic_or_the_picture_is_said_to_differ(bool svg)
    {
        var file = svg ? _badge.Svg : _badge.Png;
        await Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte[1, 255]).SampleAsync(
            async (at, mask) =>
            {
                var changed = file.ToArray();
                changed[at] ^= mask;

                var report = await _hub.VerifyAsync(changed);

                return report.Authentic != Answer.Yes || report.Badge!.PictureDiffers;
            },
            iter: 1000);
    }

    [Fact]
    public async Task The_same_credential_in_another_picture_is_authentic_and_the_picture_differs()
    {
        var other = Cities.Sample.Plymouth.Badges["python-beginner"].Art.Png.Bytes;

        var report = await _hub.VerifyAsync(PngBaker.Bake(other, _badge.Jwt));

        Assert.Equal(Answer.Yes, report.Authentic);
        Assert.True(report.Badge!.PictureDiffers);
        Assert.Equal($"{HubUnderTest.Address}/cities/plymouth/badges/tide-pool-surveyor/v1.png", report.Badge.PictureUrl);
    }

    public static TheoryData<string, Func<string, string>> Spellings => new()
    {
        { "the signature's last bits, which mean nothing, changed", t => t[..^1] + Next(t[^1]) },
        { "padding", t => t + "==" },
        { "a character that no token has", t => t.Insert(40, "*") },
        { "truncated by one", t => t[..^1] },
        { "truncated by four", t => t[..^4] },
        { "extended by four", t => t + "AAAA" },
        { "without its signature", t => t[..(t.LastIndexOf('.') + 1)] },
        { "with a fourth part", t => t + ".AAAA" },
        { "in lower case", t => t.ToLowerInvariant() },
        { "in the other alphabet", t => t.Replace('-', '+').Replace('_', '/') + "+" },
        { "twice", t => t + t },
        { "the payload's last bits changed", t => Part(t, 1, p => p[..^1] + Next(p[^1])) },
        { "the header's last bits changed", t => Part(t, 0, p => p[..^1] + Next(p[^1])) },
    };

    /// <summary>What mail programs, word processors and other programs make of a text.</summary>
    public static TheoryData<string, Func<string, byte[]>> Pasted => new()
    {
        { "wrapped", t => Encoding.ASCII.GetBytes(string.Join("\r\n", t.Chunk(76).Select(c => new string(c)))) },
        { "quoted in an answer", t => Encoding.ASCII.GetBytes(string.Join("\n", t.Chunk(70).Select(c => "> " + new string(c)))) },
        { "in quotation marks", t => Encoding.ASCII.GetBytes($" \"{t}\"\n") },
        { "in UTF-16", t => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(t)] },
        { "in UTF-16, the other way round", t => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(t)] },
        { "with a mark of its encoding", t => [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(t)] },
    };

    [Theory]
    [MemberData(nameof(Pasted), DisableDiscoveryEnumeration = true)]
    public async Task A_token_is_read_as_people_paste_it(string how, Func<string, byte[]> paste)
    {
        var report = await _hub.VerifyAsync(paste(_badge.Token));

        Assert.True(report.Answers() == (Answer.Yes, Answer.Yes, Answer.Yes), how);
    }

    [Theory]
    [MemberData(nameof(Spellings), DisableDiscoveryEnumeration = true)]
    public async Task Another_spelling_of_the_same_token_is_not_authentic(string spelling, Func<string, string> change)
    {
        var report = await _hub.VerifyAsync(change(_badge.Token));

        Assert.True(report.Authentic != Answer.Yes, spelling);
    }

    [Fact]
    public async Task An_unauthentic_badge_answers_nothing_else()
    {
        var report = await _hub.VerifyAsync(_badge.Token[..^4] + "AAAA");

        Assert.Equal((Answer.No, Answer.Unknown, Answer.Unknown), (report.Authentic, report.Current, report.Authorised));
        Assert.Null(report.Badge);
        Assert.Null(report.Issuer);
    }

    public static TheoryData<string, string> HostilePayloads => new()
    {
        { "a name twice", """{"issuer":"https://hub.example/cities/plymouth","issuer":"https://evil.example"}""" },
        {
            "a name twice, once with an escape",
            """{"issuer":"https://hub.example/cities/plymouth","\u0069ssuer":"https://evil.example"}"""
        },
        { "a name twice, deep inside", """{"issuer":{"id":"https://hub.example/cities/plymouth","id":"x"}}""" },
        { "depth 65", string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "1" + new string('}', 65) },
        { "depth 10,000", new string('[', 10_000) },
        { "half of a surrogate pair", """{"issuer":"https://hub.example/cities/plymouth","id":"\ud800"}""" },
        { "half of a surrogate pair as issuer", """{"issuer":"\udfff"}""" },
        { "half of a surrogate pair as a name", """{"\ud800":1,"issuer":"https://hub.example/cities/plymouth"}""" },
        { "a huge number", """{"issuer":"https://hub.example/cities/plymouth","nbf":1e999}""" },
        { "a list", "[]" },
        { "nothing", "null" },
        { "text", "not JSON" },
    };

    [Theory]
    [MemberData(nameof(HostilePayloads))]
    public async Task Hostile_JSON_is_refused_and_never_throws(string what, string json)
    {
        var signed = await _hub.SignedByAsync("plymouth", Encoding.UTF8.GetBytes(json));
        var inHeader = Forge.Jwt(json, _badge.Payload, _ => new byte[64]);

        foreach (var given in new[] { signed, inHeader, json })
        {
            Assert.True((await _hub.VerifyAsync(given)).Authentic != Answer.Yes, what);
        }
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused_and_never_throw()
    {
        byte[] json = [.. """{"issuer":"https://hub.example/cities/plymouth","id": "a"""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.NotEqual(Answer.Yes, (await _hub.VerifyAsync(json)).Authentic);
        Assert.Equal(
            (CheckOutcome.Unknown, "Check.schema.notJson"),
            (await _hub.VerifyAsync(await _hub.SignedByAsync("plymouth", json))).Of("schema"));
        Assert.NotEqual(
            Answer.Yes,
            (await _hub.VerifyAsync(Encoding.ASCII.GetBytes(Forge.Jwt("""{"alg":"ES256"}""", json, _ => new byte[64])))).Authentic);
    }

    [Fact]
    public async Task Whatever_is_given_is_answered_and_never_believed()
    {
        await Gen.OneOf(
            Gen.String,
            Gen.Select(Gen.Int[0, _badge.Token.Length - 1], Gen.String, (at, text) => _badge.Token[..at] + text + _badge.Token[at..]))
            .Where(text => string.Concat(text.Where(c => !AroundTokens.Contains(c))) != _badge.Token)
            .SampleAsync(async text => (await _hub.VerifyAsync(text)).Authentic != Answer.Yes, iter: 500);
    }

    // What mail programs and people put between and around the parts of a token is not looked at.
    private const string AroundTokens = "\uFEFF \t\r\n>\"";

    private static string Part(string token, int part, Func<string, string> change)
    {
        var parts = token.Split('.');
        parts[part] = change(parts[part]);
        return string.Join('.', parts);
    }

    private static char Next(char c)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return Alphabet[Alphabet.IndexOf(c, StringComparison.Ordinal) ^ 1];
    }
}
