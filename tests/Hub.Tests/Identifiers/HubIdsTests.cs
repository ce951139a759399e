using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Tests.Support;
using CsCheck;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Tests.Identifiers;

public sealed class HubIdsTests
{
    private static readonly HubIds Ids = With(1);

    [Fact]
    public void Ids_are_the_same_for_ever()
    {
        // Changed words here are a changed id of every learner and badge there is.
        Assert.Equal("D5MS6TM1GK0QGPKFHHVWF7TXR0T5NN80", Ids.LearnerId(SampleCity.Plymouth, "ada@example.org"));
        Assert.Equal("RTH2SKZ50TG5N44ZX1DPF83FER", Ids.AwardId(SampleCity.Plymouth, "python-beginner", "learner").ToString());
        Assert.Equal("urn:uuid:3f0add61-dfb0-8666-8a90-2b2dd4fbf237", Ids.SubjectId(AwardId.Parse("0123456789ABCDEFGHJKMNPQRS")));
        Assert.Equal("51266", $"{Ids.StatusIndex(AwardId.Parse("0123456789ABCDEFGHJKMNPQRS"), 1, 0, 131_072)}");
    }

    /// <summary>Without a key anybody could work it out.</summary>
    [Fact]
    public void Without_a_key_there_is_no_id()
    {
        var (ids, award) = (new HubIds(Options.Create(new HubOptions())), AwardId.Parse("0123456789ABCDEFGHJKMNPQRS"));

        Assert.Throws<InvalidOperationException>(() => ids.LearnerId(SampleCity.Plymouth, "ada@example.org"));
        Assert.Throws<InvalidOperationException>(() => ids.SubjectId(award));
        Assert.Throws<InvalidOperationException>(() => ids.StatusIndex(award, 1, 0, 131_072));
        Assert.Throws<InvalidOperationException>(() => ids.ClaimSecret(award));
    }

    [Fact]
    public void Different_parts_give_different_ids()
    {
        var (a, b, ab) = (CityId.Parse("a"), CityId.Parse("b"), CityId.Parse("ab"));
        AwardId[] ids =
        [
            Ids.AwardId(ab, "c", "x"),
            Ids.AwardId(a, "bc", "x"),
            Ids.AwardId(a, "b", "cx"),
            Ids.AwardId(a, "", "bcx"),
            Ids.AwardId(a, "bc", "", "x"),
            Ids.AwardId(a, "bc", "x", "1"),
        ];
        string[] keys =
        [
            Ids.LearnerId(a, "b@c.org"),
            Ids.LearnerId(b, "b@c.org"),
            Ids.LearnerId(a, "b", "@c.org"),
            Ids.LearnerId(a, "", "b@c.org"),
            Ids.LearnerId(a, "b@c.org", ""),
            Ids.SecretHash("Link", "b@c.org")[..32],
            With(2).LearnerId(a, "b@c.org"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Where_one_part_ends_and_the_next_begins_matters()
    {
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String)
            .Where((a, b, c, d) => System.Text.Encoding.UTF8.GetByteCount(a) != System.Text.Encoding.UTF8.GetByteCount(c) || b != d)
            .Where((a, b, c, d) => (a, b) != (c, d) && Valid(a + b + c + d))
            .Sample((a, b, c, d) => Ids.AwardId(SampleCity.Plymouth, a, b) != Ids.AwardId(SampleCity.Plymouth, c, d));
    }

    [Fact]
    public void Ids_have_their_length_and_alphabet()
    {
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", Ids.AwardId(CityId.Parse("a"), "b", "c").ToString());
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{32}$", Ids.LearnerId(CityId.Parse("a"), "b@c.org"));
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{52}$", Ids.SecretHash("a", "b"));
    }

    [Theory]
    [InlineData(" Ada@Example.ORG ", "ada@example.org")]
    [InlineData("sia\u0302n@example.org", "si\u00e2n@example.org")]
    public void An_address_is_the_same_however_it_is_written(string one, string other) =>
        Assert.Equal(Ids.LearnerId(SampleCity.Plymouth, one), Ids.LearnerId(SampleCity.Plymouth, other));

    [Fact]
    public void A_plus_sign_is_part_of_the_address() =>
        Assert.NotEqual(Ids.LearnerId(SampleCity.Plymouth, "ada+1@example.org"), Ids.LearnerId(SampleCity.Plymouth, "ada@example.org"));

    [Fact]
    public void A_subject_is_a_UUID_of_version_8_that_says_nothing()
    {
        var subjects = Enumerable.Range(0, 1000).Select(i => Ids.SubjectId(AwardId.Parse($"{i:D26}"))).ToArray();

        Assert.Equal(1000, subjects.Distinct().Count());
        Assert.All(subjects, s => Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", s));
    }

    [Fact]
    public void Crockford_writes_five_bits_a_character()
    {
        Assert.Equal("", Crockford.Encode([]));
        Assert.Equal("00", Crockford.Encode([0]));
        Assert.Equal("ZW", Crockford.Encode([0xFF]));
        Assert.Equal("04HMASW9NF6YZZR", Crockford.Encode([0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFF]));
        Gen.Byte.Array[1, 40].Sample(bytes =>
        {
            var text = Crockford.Encode(bytes);
            var bits = string.Concat(text.Select(c => Convert
                .ToString("0123456789ABCDEFGHJKMNPQRSTVWXYZ".IndexOf(c, StringComparison.Ordinal), 2)
                .PadLeft(5, '0')));
            return text.Length == ((bytes.Length * 8) + 4) / 5
                && bits.StartsWith(string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0'))), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_typed_code_is_what_was_meant()
    {
        Assert.Equal("0011AB", Crockford.Normalize(" oO-iL aB\t"));
        Gen.Byte.Array[7].Sample(bytes => Crockford.Normalize(Crockford.Encode(bytes).ToLowerInvariant()) == Crockford.Encode(bytes));
    }

    [Fact]
    public void Secrets_are_drawn_at_random()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => RandomId.SlipCode()).ToArray();

        Assert.Equal(1000, codes.Distinct().Count());
        Assert.All(codes, c => Assert.True(RandomId.IsSlipCode(c), c));

        // Every character of the alphabet in every place: no bit stands still.
        for (var place = 0; place < 10; place++)
        {
            Assert.True(codes.Select(c => c[place]).Distinct().Count() > 24);
        }
    }

    private static bool Valid(string text) => !text.Any(char.IsSurrogate);

    private static HubIds With(byte key) =>
        new(Options.Create(new HubOptions { HashKey = Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray()) }));
}
