namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Why an image is refused.</summary>
/// <param name="Code">Stable, for programs and translations; one of <see cref="ImageProblems"/>.</param>
/// <param name="Reason">Plain English, for the person who brought the file.</param>
public sealed record ImageProblem(string Code, string Reason);

/// <summary>The codes of <see cref="ImageProblem"/>.</summary>
public static class ImageProblems
{
    /// <summary>Neither a PNG nor an SVG.</summary>
    public const string UnknownKind = "image-unknown-kind";

    /// <summary>More bytes than <see cref="ImageLimits"/> allows.</summary>
    public const string TooLarge = "image-too-large";

    /// <summary>Too many pixels, or none.</summary>
    public const string Dimensions = "image-dimensions";

    /// <summary>A PNG that is cut short or put together wrongly.</summary>
    public const string Damaged = "image-damaged";

    /// <summary>Too many chunks, elements or copies.</summary>
    public const string TooManyParts = "image-too-many-parts";

    /// <summary>A text, or a credential, of more than <see cref="ImageLimits.TextBytes"/>.</summary>
    public const string TextTooLarge = "image-text-too-large";

    /// <summary>A PNG that goes on after its end.</summary>
    public const string TrailingData = "image-trailing-data";

    /// <summary>More than one credential.</summary>
    public const string TwoCredentials = "image-two-credentials";

    /// <summary>A credential that is empty, damaged or no text.</summary>
    public const string CredentialUnreadable = "image-credential-unreadable";

    /// <summary>An SVG with declarations in its DOCTYPE.</summary>
    public const string Doctype = "svg-doctype";

    /// <summary>An SVG that is no XML.</summary>
    public const string NotWellFormed = "svg-not-well-formed";

    /// <summary>An SVG nested too deeply.</summary>
    public const string TooDeep = "svg-too-deep";

    /// <summary>An SVG that is not UTF-8.</summary>
    public const string Encoding = "svg-encoding";

    /// <summary>Something that no picture of a badge needs, such as a script.</summary>
    public const string NotAllowed = "svg-not-allowed";

    /// <summary>A reference to something outside the file.</summary>
    public const string ExternalReference = "svg-external-reference";
}
