using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>What an image file turned out to carry.</summary>
public abstract record ExtractionResult
{
    private ExtractionResult()
    {
    }

    /// <summary>A credential.</summary>
    /// <param name="UnverifiedCredential">UTF-8: a JWS, JSON, or (2.0) a hosted assertion's URL. If possible, a slice of the file.</param>
    /// <param name="Form">How it was baked in.</param>
    /// <param name="Picture">The file without the credential.</param>
    public sealed record Found(ReadOnlyMemory<byte> UnverifiedCredential, BakedForm Form, UnbakedPicture Picture) : ExtractionResult;

    /// <summary>A picture without a credential.</summary>
    /// <param name="Picture">The whole file.</param>
    public sealed record NotBaked(UnbakedPicture Picture) : ExtractionResult;

    /// <summary>No picture that is read here, or not one credential in it.</summary>
    /// <param name="Problem">What is wrong with it.</param>
    public sealed record Refused(ImageProblem Problem) : ExtractionResult;
}

/// <summary>The places in which a credential is found.</summary>
public enum BakedForm
{
    /// <summary>Open Badges 3.0: PNG keyword <c>openbadgecredential</c>, or <c>openbadges:credential</c> in SVG.</summary>
    OpenBadges3,

    /// <summary>Open Badges 2.0: PNG iTXt with keyword <c>openbadges</c>, or <c>openbadges:assertion</c> in SVG.</summary>
    OpenBadges2,

    /// <summary>Before 2.0: PNG tEXt or zTXt with keyword <c>openbadges</c>.</summary>
    Legacy,
}
