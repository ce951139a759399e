using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>A refusal as Microsoft Graph words it: https://learn.microsoft.com/graph/errors</summary>
public sealed class GraphErrorException(int status, string code, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public static GraphErrorException BadJson() => new(
        StatusCodes.Status400BadRequest,
        "BadRequest",
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");

    public static GraphErrorException NoRecipients() => new(
        StatusCodes.Status400BadRequest, "ErrorInvalidRecipients", "At least one recipient isn't valid.");

    public static GraphErrorException TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", "The request is larger than 4 MB.");

    public static GraphErrorException Throttled(TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", retryAfter);

    public static GraphErrorException Unavailable() => new(
        StatusCodes.Status503ServiceUnavailable,
        "serviceNotAvailable",
        "The service is temporarily unavailable.",
        TimeSpan.FromSeconds(10));

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await using var json = new Utf8JsonWriter(response.Body);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", Message);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync();
    }
}
