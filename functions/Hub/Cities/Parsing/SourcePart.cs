using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary><c>sources/{id}.json</c>: how one provider's system speaks, and which of its completions earn what.</summary>
internal static class SourcePart
{
    private const int MiB = 1024 * 1024;

    public static Source Read(
        string id,
        JsonPart part,
        Reading reading,
        CityPart? city,
        IReadOnlyDictionary<string, BadgeClass> badges,
        IReadOnlySet<string> knownProfiles)
    {
        var profile = part.Id("profile");
        if (profile.Length > 0 && !knownProfiles.Contains(profile))
        {
            part.Report(
                "profile",
                $"the hub has no profile \"{profile}\"; it has: {string.Join(", ", knownProfiles.Order(StringComparer.Ordinal))}");
        }

        var provider = part.Id("provider");
        if (provider.Length > 0 && city?.Providers.ContainsKey(provider) == false)
        {
            part.Report("provider", $"city.json has no provider \"{provider}\"");
        }

        return new(
            id,
            profile,
            provider,
            part.Number("maxBodyBytes", 1024, 10 * MiB, MiB),
            part.Parts("rules", rule => Rule(rule, provider, reading, badges), required: true));
    }

    private static Rule Rule(JsonPart part, string provider, Reading reading, IReadOnlyDictionary<string, BadgeClass> badges)
    {
        var badge = part.Id("badge");
        if (badge.Length > 0 && !reading.Files.ByPath.ContainsKey($"badges/{badge}.json"))
        {
            part.Report("badge", $"there is no badge \"{badge}\": badges/{badge}.json does not exist");
        }
        else if (badges.TryGetValue(badge, out var awarded) && provider.Length > 0 && !awarded.Awarders.Any(a => a.Provider == provider))
        {
            part.Report(
                "badge", $"\"{provider}\" may not award \"{badge}\"; add it to \"awarders\" in badges/{badge}.json if the city agrees");
        }

        return new(Expression(part, "when", required: true) ?? "", badge, Expression(part, "evidence", required: false), Tier(part));
    }

    private static string? Expression(JsonPart part, string name, bool required)
    {
        var expression = part.OptionalText(name, 2000, required);
        if (expression is not null && RuleTrial.Problem(expression) is { } problem)
        {
            part.Report(name, $"is not a JMESPath expression that works on a completion: {problem}");
        }
        else if (expression is not null)
        {
            foreach (var neverTrue in RuleTypes.Problems(expression))
            {
                part.Warn(name, neverTrue);
            }
        }

        return expression;
    }

    // The strongest when nothing is said: a city that accepts less says so.
    private static TrustTier Tier(JsonPart part) =>
        part.OneOf("requireTier", ["token", "signed"], "signed") == "token" ? TrustTier.Token : TrustTier.Signed;
}
