using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>What the client asks for.</summary>
internal static class RequestExtensions
{
    /// <summary>A browser asks for HTML by name; programs that take anything get JSON.</summary>
    public static bool WantsHtml(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static bool IsForm(this HttpRequest request) => request.HasFormContentType;
}
