using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>A badge's picture, whichever kind it is: what to bake into it and what was baked into it.</summary>
public static class BadgeImage
{
    /// <summary>Never throws, whatever the bytes; reads no pixels and fetches nothing.</summary>
    public static ExtractionResult Extract(ReadOnlyMemory<byte> file) => ImageProbe.KindOf(file.Span) switch
    {
        ImageKind.Png => PngReader.Extract(file),
        ImageKind.Svg => SvgReader.Extract(file),
        _ => new ExtractionResult.Refused(new(ImageProblems.UnknownKind, "The file is neither a PNG nor an SVG picture.")),
    };

    /// <param name="art">PNG or SVG, checked with <see cref="ArtCheck"/> when it was uploaded.</param>
    /// <param name="credentialUtf8">A JWS or JSON.</param>
    /// <exception cref="ArgumentException">See <see cref="PngBaker"/> and <see cref="SvgBaker"/>.</exception>
    public static byte[] Bake(ReadOnlyMemory<byte> art, ReadOnlySpan<byte> credentialUtf8) =>
        ImageProbe.KindOf(art.Span) == ImageKind.Png ? PngBaker.Bake(art.Span, credentialUtf8) : SvgBaker.Bake(art, credentialUtf8);
}
