using System.Text.Json;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.OpenBadges.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>Reads forms and JSON within limits.</summary>
internal static class RequestBody
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>The texts of a small form, or of a small JSON object in its place.</summary>
    /// <exception cref="BadHttpRequestException">Too large, or neither.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> FieldsAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.IsForm())
        {
            return (await request.FormAsync(MaxBytes, cancellationToken)).ToDictionary(
                f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        }

        var json = await request.JsonAsync(MaxBytes, cancellationToken);
        return json.ValueKind == JsonValueKind.Object
            ? json
                .EnumerateObject()
                .Where(p => p.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>();
    }

    /// <exception cref="BadHttpRequestException">Too large, or not a form.</exception>
    public static async Task<IFormCollection> FormAsync(this HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            throw new BadHttpRequestException("The form is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        var limits = new FormOptions
        {
            MultipartBodyLengthLimit = maxBytes,
            BufferBodyLengthLimit = maxBytes,
            ValueLengthLimit = maxBytes,
            ValueCountLimit = 20
        };
        try
        {
            return await new FormFeature(request, limits).ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>The body as JSON; undefined if there is none.</summary>
    /// <exception cref="BadHttpRequestException">
    /// Too large, or not JSON in which each text can be read and nothing is said twice.
    /// </exception>
    public static async Task<JsonElement> JsonAsync(this HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(request, maxBytes, cancellationToken);
        if (body.Length == 0)
        {
            return default;
        }

        return StrictJson.TryParse(body, out var json, out var problem, maxBytes)
            ? json
            : throw new BadHttpRequestException($"The body cannot be read: {problem}", StatusCodes.Status400BadRequest);
    }

    /// <exception cref="BadHttpRequestException">Too large.</exception>
    public static async Task<byte[]> BodyAsync(this HttpRequest request, int maxBytes, CancellationToken cancellationToken) =>
        await BoundedBody.ReadAsync(request.Body, request.ContentLength, maxBytes, cancellationToken)
            ?? throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
