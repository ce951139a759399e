using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>Reads the credential out of a PNG: 3.0 and 2.0 in iTXt, older ones in tEXt. Decodes no pixels.</summary>
internal static class PngReader
{
    public static ExtractionResult Extract(ReadOnlyMemory<byte> file)
    {
        var chunks = new PngChunks(file.Span);
        Range? found = null;
        var type = 0u;
        while (chunks.MoveNext())
        {
            if (!chunks.IsText || !PngText.IsCredential(file.Span[chunks.Data]))
            {
                continue;
            }

            if (found is not null)
            {
                return new ExtractionResult.Refused(new(
                    ImageProblems.TwoCredentials, "The picture carries more than one credential, so it is not clear which one is meant."));
            }

            found = chunks.Start..chunks.End;
            type = chunks.Type;
        }

        // What follows IEND is no part of the PNG and is never read: it can hide no credential. It does change the picture's digest.
        return chunks.Problem is { } problem ? new ExtractionResult.Refused(problem)
            : found is { } range ? Read(file, type, range)
            : new ExtractionResult.NotBaked(new(file));
    }

    private static ExtractionResult Read(ReadOnlyMemory<byte> file, uint type, Range range)
    {
        var chunk = file[range];
        return PngText.Read(type, chunk, out var text) is { } problem
            ? new ExtractionResult.Refused(problem)
            : new ExtractionResult.Found(text, PngText.Form(type, chunk.Span[8..]), new(file[..range.Start], file[range.End..]));
    }
}
