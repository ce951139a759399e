using System.Globalization;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What somebody gave to be verified, taken apart as far as is safe. Nothing in it is trusted.</summary>
public abstract record CredentialFile
{
    /// <summary>The largest file that is looked at.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>As many badges are looked at at once.</summary>
    public const int MaxShown = 10;

    private CredentialFile(UnbakedPicture? picture) => Picture = picture;

    /// <summary>The picture around the credential, if it came in one.</summary>
    public UnbakedPicture? Picture { get; }

    /// <summary>A compact JWS.</summary>
    public sealed record Jwt(UnverifiedJwt Token, UnbakedPicture? In = null) : CredentialFile(In);

    /// <summary>A credential as JSON.</summary>
    public sealed record Json(JsonElement Credential, UnbakedPicture? In = null) : CredentialFile(In);

    /// <summary>An address where a badge is said to be.</summary>
    public sealed record Url(string Address, UnbakedPicture? In = null) : CredentialFile(In);

    /// <summary>What shows several badges at once.</summary>
    /// <param name="Badges">Each as if it had been given alone; at most <see cref="MaxShown"/>.</param>
    public sealed record Several(IReadOnlyList<CredentialFile> Badges) : CredentialFile((UnbakedPicture?)null);

    /// <summary>A picture without a badge in it.</summary>
    public sealed record NotBaked() : CredentialFile((UnbakedPicture?)null);

    /// <summary>Nothing that the hub can read.</summary>
    /// <param name="TextKey">The sentence after <c>Check.input.</c></param>
    /// <param name="Arguments">What fills the sentence's gaps; says nothing that was in the file.</param>
    public sealed record Unreadable(string TextKey, params string[] Arguments) : CredentialFile((UnbakedPicture?)null);

    /// <summary>Recognises a file or a pasted text by what is in it, not by its name.</summary>
    public static CredentialFile Read(ReadOnlyMemory<byte> given)
    {
        if (given.Length > MaxBytes)
        {
            return new Unreadable("tooLarge");
        }

        if (ImageProbe.KindOf(given.Span) == ImageKind.Other)
        {
            return OtherPicture(given.Span) is { } kind ? new Unreadable("photo", kind) : Text(given, null);
        }

        return BadgeImage.Extract(given) switch
        {
            ExtractionResult.Found found => Text(found.UnverifiedCredential, found.Picture),
            ExtractionResult.NotBaked => new NotBaked(),
            _ => new Unreadable("badPicture"),
        };
    }

    // Whatever phones make of a picture, and documents that hold one.
    private static string? OtherPicture(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "JPEG",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "PDF",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => "AVIF",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "HEIC",
        _ => null,
    };

    private static CredentialFile Text(ReadOnlyMemory<byte> given, UnbakedPicture? picture)
    {
        var text = PastedCredential.Unwrap(given);
        if (text.Span.StartsWith("{"u8))
        {
            return JsonCredential(text, picture);
        }

        if (VcJwt.Read(PastedCredential.InOneLine(text.Span)) is { } jwt)
        {
            return new Jwt(jwt, picture);
        }

        return text.Length < 2048
            && Uri.TryCreate(Encoding.UTF8.GetString(text.Span), UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http"
            ? new Url(url.AbsoluteUri, picture)
            : new Unreadable("noBadge");
    }

    private static CredentialFile JsonCredential(ReadOnlyMemory<byte> json, UnbakedPicture? picture)
    {
        using var document = CredentialJson.TryParse(json);
        if (document is null)
        {
            return new Unreadable("badJson");
        }

        // https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations: whoever shows a badge may do so in one. Who shows it is not
        // looked at.
        if (!document.RootElement.Has("type", "VerifiablePresentation"))
        {
            return JsonOrEnvelope(document.RootElement, picture);
        }

        var shown = document.RootElement.Values("verifiableCredential").ToArray();
        return shown.Length switch
        {
            0 => new Unreadable("nothingShown"),
            1 => JsonOrEnvelope(shown[0], picture),
            <= MaxShown => new Several([.. shown.Select(s => JsonOrEnvelope(s, null))]),
            _ => new Unreadable("tooMany", Number(shown.Length), Number(MaxShown)),
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials
    private static CredentialFile JsonOrEnvelope(JsonElement credential, UnbakedPicture? picture)
    {
        const string Envelope = "data:application/vc+jwt,";
        var text = credential.ValueKind == JsonValueKind.String ? credential.GetString()
            : credential.Text("id") is { } id && id.StartsWith(Envelope, StringComparison.Ordinal) ? id[Envelope.Length..]
            : null;
        return text is null ? new Json(credential.Clone(), picture)
            : VcJwt.Read(Encoding.UTF8.GetBytes(text)) is { } jwt ? new Jwt(jwt, picture)
            : new Unreadable("noBadge");
    }
}
