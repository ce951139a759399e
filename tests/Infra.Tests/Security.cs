using System.Text.RegularExpressions;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>What must not be open, and who may do what.</summary>
internal static partial class Security
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Site = "Microsoft.Web/sites";
    private const string Assignment = "Microsoft.Authorization/roleAssignments";
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";

    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles, each with the least that it must stand on.
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = Account, // Storage Blob Data Contributor
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = Container, // Storage Blob Data Reader
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = $"{Account}/tableServices/tables", // Storage Table Data Reader
        ["21090545-7ca7-4776-b22c-e363652d74d2"] = $"{Vault}/keys", // Key Vault Reader
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = Account, // Storage Queue Data Contributor
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = Account, // Storage Table Data Contributor
        ["12338af0-0e69-4776-bea7-57ae8d297424"] = $"{Vault}/keys", // Key Vault Crypto User
        ["4633458b-17de-408a-b874-0445c86b69e6"] = Vault, // Key Vault Secrets User
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = Vault, // Key Vault Secrets Officer
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Microsoft.Insights/components", // Monitoring Metrics Publisher
    };

    public static IEnumerable<Rule> Rules =>
    [
        Rule.Each(
            "Storage has no shared keys",
            Account,
            r => r.Is("properties.allowSharedKeyAccess", "false"),
            r => r.Set("properties.allowSharedKeyAccess", true)),
        Rule.Each(
            "Storage has no public blobs",
            Account,
            r => r.Is("properties.allowBlobPublicAccess", "false"),
            r => r.Set("properties.allowBlobPublicAccess", true)),
        Rule.Each(
            "No container is public",
            Container,
            r => r.Is("properties.publicAccess", "None"),
            r => r.Set("properties.publicAccess", "Blob")),
        Rule.Each(
            "Storage speaks TLS 1.2 or later and nothing else",
            Account,
            r => r.Is("properties.minimumTlsVersion", "TLS1_2") && r.Is("properties.supportsHttpsTrafficOnly", "true"),
            r => r.Set("properties.minimumTlsVersion", "TLS1_0"),
            r => r.Set("properties.supportsHttpsTrafficOnly", false)),
        Rule.Each(
            "The app speaks TLS 1.2 or later and nothing else",
            Site,
            r => r.Is("properties.siteConfig.minTlsVersion", "1.2")
                && r.Is("properties.siteConfig.scmMinTlsVersion", "1.2")
                && r.Is("properties.httpsOnly", "true")
                && r.Is("properties.siteConfig.ftpsState", "Disabled"),
            r => r.Set("properties.siteConfig.minTlsVersion", "1.0"),
            r => r.Set("properties.siteConfig.scmMinTlsVersion", "1.1"),
            r => r.Set("properties.httpsOnly", false),
            r => r.Set("properties.siteConfig.ftpsState", "AllAllowed")),
        Rule.Each(
            "Nobody deploys with a password",
            $"{Site}/basicPublishingCredentialsPolicies",
            r => r.Is("properties.allow", "false"),
            r => r.Set("properties.allow", true)),
        Rule.Each(
            "The app has one identity of its own, made for it",
            Site,
            r => r.Is("identity.type", "UserAssigned") && r.At("identity.userAssignedIdentities")!.AsObject().Count == 1,
            r => r.Set("identity.type", "SystemAssigned")),
        Rule.Each(
            "The vault keeps what is deleted, and nobody can purge it",
            Vault,
            r => r.Is("properties.enablePurgeProtection", "true")
                && r.Is("properties.enableSoftDelete", "true")
                && r.Is("properties.softDeleteRetentionInDays", "90"),
            r => r.Set("properties.enablePurgeProtection", null),
            r => r.Set("properties.softDeleteRetentionInDays", 7)),
        Rule.Each(
            "The vault asks for roles",
            Vault,
            r => r.Is("properties.enableRbacAuthorization", "true"),
            r => r.Set("properties.enableRbacAuthorization", false)),
        Rule.Each(
            "Logs are taken from identities only",
            "Microsoft.Insights/components",
            r => r.Is("properties.DisableLocalAuth", "true"),
            r => r.Set("properties.DisableLocalAuth", false)),
        Rule.Each(
            "Every right is one that is needed",
            Assignment,
            r => Roles.ContainsKey(Role((string)r["properties"]!["roleDefinitionId"]!)),
            r => r.Set("properties.roleDefinitionId", RoleId(Owner)),
            r => r.Set("properties.roleDefinitionId", RoleId(Contributor))),
        Rule.Each(
            "Every right stands on a resource, and on no wider one than its role needs",
            Assignment,
            r => Roles.TryGetValue(Role((string)r["properties"]!["roleDefinitionId"]!), out var scope) && StandsOn((string)r["id"]!, scope),
            r => r.Set("id", $"/subscriptions/1/providers/{Assignment}/x"),
            r => r.Set("id", $"/subscriptions/1/resourceGroups/g/providers/{Assignment}/x"),
            r =>
            {
                // A key's right on the whole vault.
                r.Set("properties.roleDefinitionId", RoleId("12338af0-0e69-4776-bea7-57ae8d297424"));
                r.Set("id", $"/subscriptions/1/resourceGroups/g/providers/{Vault}/v/providers/{Assignment}/x");
            }),
    ];

    /// <summary>The resource that a right stands on.</summary>
    public static string ScopeOf(string id) => ScopeArgument().Match(id) is { Success: true } argument
        ? argument.Groups["scope"].Value
        : id[..id.LastIndexOf("/providers/", StringComparison.Ordinal)];

    public static string RoleId(string role) => $"/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/{role}";

    public static string Role(string id) => id.Split('/')[^1];

    // The scope stands before the assignment, in a path or as the first argument of extensionResourceId.
    private static bool StandsOn(string id, string type)
    {
        var scope = ScopeOf(id);
        var parts = scope.Split("/providers/");
        return scope.Contains("/resourceGroups/", StringComparison.Ordinal)
            && parts.Length == 2
            && (TypeOf(parts[1]) + "/").StartsWith(type + "/", StringComparison.Ordinal);
    }

    // Microsoft.KeyVault/vaults/v/keys/k: every second part after the provider is a name.
    private static string TypeOf(string resource)
    {
        var parts = resource.Split('/');
        return string.Join('/', parts.Where((_, i) => i == 0 || i % 2 == 1));
    }

    [GeneratedRegex(@"^\[extensionResourceId\('(?<scope>[^']+)'")]
    private static partial Regex ScopeArgument();
}
