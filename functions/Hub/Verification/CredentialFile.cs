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

    private CredentialFile(UnbakedPicture? picture) => Picture = picture;

    /// <summary>The picture around the credential, if it came in one.</summary>
    public UnbakedPicture? Picture { get; }

    /// <summary>A compact JWS.</summary>
    public sealed record Jwt(UnverifiedJwt Token, UnbakedPicture? In = null) : CredentialFile(In);

    /// <summary>A credential as JSON.</summary>
    public sealed record Json(JsonElement Credential, UnbakedPicture? In = null) : CredentialFile(In);

    /// <summary>An address where a badge is said to be.</summary>
    public sealed record Url(string Address, UnbakedPicture? In = null) : CredentialFile(In);

    /// <summary>A picture without a badge in it.</summary>
    public sealed record NotBaked() : CredentialFile((UnbakedPicture?)null);

    /// <summary>Nothing that the hub can read.</summary>
    /// <param name="Reason">In plain English; says nothing that was in the file.</param>
    public sealed record Unreadable(string Reason) : CredentialFile((UnbakedPicture?)null);

    /// <summary>Recognises a file or a pasted text by what is in it, not by its name.</summary>
    public static CredentialFile Read(ReadOnlyMemory<byte> given)
    {
        if (given.Length > MaxBytes)
        {
            return new Unreadable("The file is larger than 10 MB.");
        }

        if (ImageProbe.KindOf(given.Span) == ImageKind.Other)
        {
            return Text(given, null);
        }

        return BadgeImage.Extract(given) switch
        {
            ExtractionResult.Found found => Text(found.UnverifiedCredential, found.Picture),
            ExtractionResult.NotBaked => new NotBaked(),
            ExtractionResult.Refused refused => new Unreadable(refused.Problem.Reason),
            _ => new Unreadable("The file could not be read."),
        };
    }

    private static CredentialFile Text(ReadOnlyMemory<byte> given, UnbakedPicture? picture)
    {
        var trimmed = given[(given.Span.StartsWith("\uFEFF"u8) ? 3 : 0)..].Trim(" \t\r\n"u8);
        if (trimmed.Span.StartsWith("{"u8))
        {
            return JsonCredential(trimmed, picture);
        }

        if (VcJwt.Read(trimmed.Span) is { } jwt)
        {
            return new Jwt(jwt, picture);
        }

        return trimmed.Length < 2048
            && Uri.TryCreate(Encoding.UTF8.GetString(trimmed.Span), UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http"
            ? new Url(url.AbsoluteUri, picture)
            : new Unreadable("This is not a badge: no picture, no credential and no address.");
    }

    private static CredentialFile JsonCredential(ReadOnlyMemory<byte> json, UnbakedPicture? picture)
    {
        using var document = CredentialJson.TryParse(json);
        if (document is null)
        {
            return new Unreadable("The JSON is damaged, too deep, or says the same thing twice.");
        }

        // https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials
        const string Envelope = "data:application/vc+jwt,";
        var credential = document.RootElement;
        if (credential.Text("id") is { } id && id.StartsWith(Envelope, StringComparison.Ordinal))
        {
            return VcJwt.Read(Encoding.UTF8.GetBytes(id[Envelope.Length..])) is { } jwt
                ? new Jwt(jwt, picture)
                : new Unreadable("The credential in the envelope is not a JWT.");
        }

        return new Json(credential.Clone(), picture);
    }
}
