using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>A badge's picture, whichever kind it is: what to bake into it and what was baked into it.</summary>
public static class BadgeImage
{
    /// <summary>Never throws, whatever the bytes; reads no pixels and fetches nothing.</summary>
    /// <param name="file">A file that anybody may have made.</param>
    public static ExtractionResult Extract(ReadOnlyMemory<byte> file) => ImageProbe.KindOf(file.Span) switch
    {
        ImageKind.Png => PngReader.Extract(file),
        ImageKind.Svg => SvgReader.Extract(file),
        _ => new ExtractionResult.Refused(new(ImageProblems.UnknownKind, "The file is neither a PNG nor an SVG picture.")),
    };

    /// <summary>The picture with the credential in it: https://www.imsglobal.org/spec/ob/v3p0/#baked-badge</summary>
    /// <param name="art">
    /// PNG or SVG that <see cref="ArtCheck"/> found clean. A credential in a PNG is replaced; in an SVG only one that was baked in here.
    /// </param>
    /// <param name="credentialUtf8">A JWS or JSON.</param>
    /// <exception cref="ArgumentException">
    /// The art is neither; or a PNG with bytes after its end; or an SVG that is empty or carries somebody else's credential. Or the
    /// credential is empty, too long, or no XML text.
    /// </exception>
    public static byte[] Bake(ReadOnlyMemory<byte> art, ReadOnlySpan<byte> credentialUtf8) =>
        ImageProbe.KindOf(art.Span) == ImageKind.Png ? PngBaker.Bake(art.Span, credentialUtf8) : SvgBaker.Bake(art, credentialUtf8);
}
