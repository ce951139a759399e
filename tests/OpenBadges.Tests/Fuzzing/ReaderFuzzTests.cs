using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.OpenBadges.Tests.Baking;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.OpenBadges.Tests.Proofs;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Fuzzing;

/// <summary>What reads a stranger's bytes: it answers, whatever they are, and what it found is no larger than it says.</summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output)
{
    private const string Token = "eyJhbGciOiJFUzI1NiIsImtpZCI6IngiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2EuZXhhbXBsZSJ9.c2lnbmF0dXJl";

    [Fact]
    public void PNG()
    {
        var art = Some.Png(2, 2);
        byte[][] seeds =
        [
            art,
            PngBaker.Bake(art, Encoding.UTF8.GetBytes(Token)),
            PngReadingTests.Picture(b => b.CompressedInternationalText("openbadgecredential", Encoding.UTF8.GetBytes(Token))),
            PngReadingTests.Picture(b => b.CompressedText("openbadges", Encoding.UTF8.GetBytes(Token))),
            PngReadingTests.Picture(b => b.Text("openbadges", Token)),
        ];

        // Most changes leave the checksum wrong, and the reader stops there: sound chunks with anything in them go further.
        var chunks = Gen.Select(
                Gen.OneOf("iTXt", "zTXt", "tEXt", "tIME", "IDAT", "acTL"),
                Gen.OneOf("openbadgecredential\0", "openbadges\0", "", "openbadges"),
                Gen.OneOf(
                    Gen.Byte.Array[0, 40],
                    Gen.Byte.Array[0, 40].Select(text => (byte[])[1, 0, 0, 0, .. PngBuilder.Deflate(text)]),
                    Gen.Byte.Array[0, 40].Select(text => (byte[])[0, .. PngBuilder.Deflate(text)]),
                    Gen.Byte.Array[0, 40].Select(text => (byte[])[0, 0, 0, 0, .. text])))
            .Select((type, keyword, text) => (type, (byte[])[.. Encoding.ASCII.GetBytes(keyword), .. text])).Array[0, 4]
            .Select(all => PngReadingTests.Picture(b => all.Aggregate(b, (builder, chunk) => builder.Chunk(chunk.type, chunk.Item2))));

        new Fuzz("png", output).Run(Gen.OneOf(Mutations.Of(seeds), chunks), 60_000, PictureHolds);
    }

    [Fact]
    public void SVG()
    {
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(Some.Svg()),
            SvgBaker.Bake(Encoding.UTF8.GetBytes(Some.Svg()), Encoding.UTF8.GetBytes(Token)),
            SvgBaker.Bake(Encoding.UTF8.GetBytes(Some.Svg()), "{\"a\":\"]]>\"}"u8),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Some.Svg().Replace("UTF-8", "UTF-16"))],
            Encoding.UTF8.GetBytes(
                "<!DOCTYPE svg [<!ENTITY a 'http://www.w3.org/2000/svg'>]><svg xmlns='&a;'><g style='a:url(#b)'/></svg>"),
            Encoding.UTF8.GetBytes(Some.Svg(
                "<defs><linearGradient id='a'/><g id='b'><use href='#a'/></g></defs><style>a{fill:url(#a)}</style><use href='#b'/>")),
        ];

        new Fuzz("svg", output).Run(Mutations.Of(seeds), 20_000, file =>
            PictureHolds(file) && (!ArtCheck.Check(file).IsClean || CanBeBaked(file)));
    }

    [Fact]
    public void JSON()
    {
        var seeds = Mutations.Of(
            """{"a":[1,-0.5e-3,true,null,"é\u00e9\ud83d\ude00"],"b":{"c":{"d":[{"e":""}]}}}""",
            SomeProof.Credential("did:x").ToJsonString());

        new Fuzz("json", output).Run(seeds, 30_000, json =>
        {
            using var credential = CredentialJson.TryParse(json);
            var strict = StrictJson.TryParse(json, out var value, out var problem);

            // The quicker reader is no laxer, save for what it says: a NUL that is written out, and numbers beyond a double.
            return strict ? credential is not null && JsonElement.DeepEquals(value, credential.RootElement)
                : problem is { Path.Length: > 0, Reason.Length: > 0 } && problem.Offset >= 0 && problem.Offset <= json.Length;
        });
    }

    [Fact]
    public void JWT()
    {
        var key = SomeKeys.Of(KeyKind.P256);
        var input = Token[..Token.LastIndexOf('.')];
        var signed = Encoding.ASCII.GetBytes($"{input}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(input)))}");
        Assert.True(VcJwt.Read(signed)!.IsSignedBy(key.Public));
        var headers = Mutations.Of("""{"alg":"ES256","kid":"x","typ":"JWT"}""", """{"alg":"ES256","crit":["b64"],"b64":false}""")
            .Select(header => Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(header)}.e30.c2ln"));

        new Fuzz("jwt", output).Run(Gen.OneOf(Mutations.Of([signed]), headers), 20_000, token =>
            VcJwt.Read(token) is not { } read
            || ((!read.IsSignedBy(key.Public) || token.AsSpan().SequenceEqual(signed))
                && read.Payload.Length + read.Signature.Length <= token.Length));
    }

    [Fact]
    public void Status_lists()
    {
        var list = new StatusListBits();
        list.Set(9, true);
        var zipped = Gen.Frequency(
                (3, Gen.Byte.Array[0, 64]), (1, Gen.Int[0, 3_000_000].Select(length => new byte[length])))
            .Select(bytes => "u" + Base64Url.EncodeToString(Zipped(bytes))).Select(Encoding.ASCII.GetBytes);
        var damaged = Mutations.Of([Zipped([1, 2, 3, 0, 0, 0, 0, 0, 0])]).Select(
            bytes => Encoding.ASCII.GetBytes("u" + Base64Url.EncodeToString(bytes)));

        new Fuzz("status", output).Run(Gen.Frequency((4, Mutations.Of(list.Encode())), (4, damaged), (1, zipped)), 8_000, text =>
            StatusListBits.TryDecode(Encoding.UTF8.GetString(text), out var bits, out var problem)
                ? bits.Length is > 0 and <= 16 * 1024 * 1024 && bits.Get(bits.Length - 1) == bits.Get(bits.Length - 1)
                : problem.Length > 0);
    }

    [Fact]
    public void Keys()
    {
        var seeds = SomeKeys.Kinds.Select(SomeKeys.Of).SelectMany(k => k.Kind == KeyKind.Rsa
            ? (string[])[k.DidJwk + "#0"]
            : [k.DidJwk + "#0", $"{k.Did}#{k.Multibase}"]).ToArray();
        var jwks = Mutations.Of([.. SomeKeys.Kinds.Select(SomeKeys.Of).Select(k => k.Jwk.ToJsonString())]).Select(
            jwk => Encoding.ASCII.GetBytes($"did:jwk:{Base64Url.EncodeToString(jwk)}#0"));

        new Fuzz("keys", output).Run(Gen.OneOf(Mutations.Of(seeds), jwks), 8_000, url =>
            SelfCertifyingDid.Read(Encoding.UTF8.GetString(url)) is not { } method
            || (method.Key.Verifies("a"u8, new byte[64]) is false && method.Controller.Length <= url.Length));
    }

    private static bool PictureHolds(byte[] file) => BadgeImage.Extract(file) switch
    {
        ExtractionResult.Found found => found.UnverifiedCredential.Length is > 0 and <= ImageLimits.TextBytes,
        ExtractionResult.Refused refused => refused.Problem.Reason.Length > 0,
        _ => true,
    };

    // Clean art can be baked into, and what was baked in comes out again.
    private static bool CanBeBaked(byte[] art) =>
        BadgeImage.Extract(BadgeImage.Bake(art, Encoding.ASCII.GetBytes(Token))) is ExtractionResult.Found found
        && found.UnverifiedCredential.Span.SequenceEqual(Encoding.ASCII.GetBytes(Token));

    private static byte[] Zipped(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
