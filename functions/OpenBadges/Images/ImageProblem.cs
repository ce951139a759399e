namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Why an image is refused.</summary>
/// <param name="Code">Stable, for programs and translations; one of <see cref="ImageProblems"/>.</param>
/// <param name="Reason">Plain English, for the person who brought the file.</param>
public sealed record ImageProblem(string Code, string Reason);

/// <summary>The codes of <see cref="ImageProblem"/>.</summary>
public static class ImageProblems
{
    public const string UnknownKind = "image-unknown-kind";
    public const string TooLarge = "image-too-large";
    public const string Dimensions = "image-dimensions";
    public const string Damaged = "image-damaged";
    public const string TooManyParts = "image-too-many-parts";
    public const string TextTooLarge = "image-text-too-large";
    public const string TrailingData = "image-trailing-data";
    public const string TwoCredentials = "image-two-credentials";
    public const string CredentialUnreadable = "image-credential-unreadable";
    public const string Doctype = "svg-doctype";
    public const string NotWellFormed = "svg-not-well-formed";
    public const string TooDeep = "svg-too-deep";
    public const string Encoding = "svg-encoding";
    public const string NotAllowed = "svg-not-allowed";
    public const string ExternalReference = "svg-external-reference";
}
