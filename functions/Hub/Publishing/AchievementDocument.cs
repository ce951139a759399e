using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>A version of a badge class as Open Badges 3.0 says it: https://www.imsglobal.org/spec/ob/v3p0/#achievement.</summary>
public static class AchievementDocument
{
    /// <summary>As published at the badge class's own address.</summary>
    public static PublicDocument Of(City city, BadgeClass badge, string language, HubUrls urls) =>
        PublicDocument.Json(OpenBadgesJson.MediaType, PublicDocument.Forever, json =>
        {
            OpenBadgesJson.WriteContext(json);
            WriteMembers(json, city, badge, language, urls);
        });

    /// <summary>What was published, as it stands inside a credential, which has the contexts already.</summary>
    public static ReadOnlyMemory<byte> InCredential(ReadOnlyMemory<byte> published)
    {
        var buffer = new ArrayBufferWriter<byte>(published.Length);
        using var parsed = JsonDocument.Parse(published);
        using var json = new Utf8JsonWriter(buffer, PublicDocument.Compact);
        json.WriteStartObject();
        foreach (var member in parsed.RootElement.EnumerateObject().Where(m => m.Name != "@context"))
        {
            member.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMembers(Utf8JsonWriter json, City city, BadgeClass badge, string language, HubUrls urls)
    {
        json.WriteString("id", urls.Badge(city.Id, badge.Id, badge.Version));
        OpenBadgesJson.WriteType(json, "Achievement");
        json.WriteString("achievementType", badge.AchievementType);
        json.WriteString("name", badge.Name.In(language));
        json.WriteString("description", badge.Description.In(language));
        json.WriteStartObject("criteria");
        OpenBadgesJson.WriteIfGiven(json, "id", badge.CriteriaUrl);
        json.WriteString("narrative", badge.Criteria.In(language));
        json.WriteEndObject();
        OpenBadgesJson.WriteImage(json, urls.BadgeImage(city.Id, badge.Id, badge.Version, "png"), badge.Art.Png.Alt.In(language));
        json.WriteStartObject("creator");
        json.WriteString("id", urls.City(city.Id));
        OpenBadgesJson.WriteType(json, "Profile");
        json.WriteString("name", city.Name.In(language));
        json.WriteEndObject();
        json.WriteString("inLanguage", badge.Name.Has(language) ? language : city.Languages[0]);
        json.WriteString("version", badge.Version.ToString(CultureInfo.InvariantCulture));
        if (badge.Tags.Count > 0)
        {
            OpenBadgesJson.WriteList(json, "tag", badge.Tags.Select(t => t.In(language)));
        }

        WriteAlignment(json, city, badge, language, urls);
        if (badge.Result is { } result)
        {
            WriteResultDescription(json, urls.Result(city.Id, badge.Id, badge.Version, result.Id), result, language);
        }
    }

    // https://www.imsglobal.org/spec/ob/v3p0/#alignment: targetName and targetUrl are required.
    private static void WriteAlignment(Utf8JsonWriter json, City city, BadgeClass badge, string language, HubUrls urls)
    {
        if (badge.SpineCodes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("alignment");
        foreach (var entry in badge.SpineCodes.Select(code => city.Spine.First(e => e.Code == code)))
        {
            json.WriteStartObject();
            OpenBadgesJson.WriteType(json, "Alignment");
            json.WriteString("targetCode", entry.Code);
            json.WriteString("targetName", entry.Name.In(language));
            OpenBadgesJson.WriteIfGiven(json, "targetDescription", entry.Description?.In(language));
            json.WriteString("targetFramework", entry.Framework);
            json.WriteString("targetUrl", entry.Url ?? urls.SpineEntry(city.Id, entry.Code));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // https://www.imsglobal.org/spec/ob/v3p0/#resultdescription
    private static void WriteResultDescription(Utf8JsonWriter json, string id, ResultDescription result, string language)
    {
        json.WriteStartArray("resultDescription");
        json.WriteStartObject();
        json.WriteString("id", id);
        OpenBadgesJson.WriteType(json, "ResultDescription");
        json.WriteString("name", result.Name.In(language));
        json.WriteString("resultType", result.ResultType);
        OpenBadgesJson.WriteIfGiven(json, "valueMin", result.ValueMin);
        OpenBadgesJson.WriteIfGiven(json, "valueMax", result.ValueMax);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
