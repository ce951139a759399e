namespace Microsoft.Azure.Functions.Worker;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; set; } = authLevel;

    /// <summary>Empty means every method.</summary>
    public string[]? Methods { get; } = methods;

    /// <summary>An ASP.NET Core route template; the function's name when it is null.</summary>
    public string? Route { get; set; }
}
