using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>Every badge that a city offers, in one language: for programs, and for the page that shows them.</summary>
public static class Catalogue
{
    public static Published Of(City city, HubUrls urls, string? language = null) =>
        Published.Json("application/json", Published.Short, json =>
        {
            json.WriteString("id", urls.Catalogue(city.Id));
            json.WriteString("city", urls.City(city.Id));
            json.WriteString("name", city.Name.In(language));
            json.WriteStartArray("badges");
            foreach (var badge in city.Badges.Values.OrderBy(b => b.Name.In(language), StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("id", urls.Badge(city.Id, badge.Id, badge.Version));
                json.WriteString("name", badge.Name.In(language));
                json.WriteString("description", badge.Description.In(language));
                json.WriteString("achievementType", badge.AchievementType);
                OpenBadgesJson.WriteImage(json, urls.BadgeImage(city.Id, badge.Id, badge.Version, "png"), badge.Art.Png.Alt.In(language));
                OpenBadgesJson.WriteList(json, "tags", badge.Tags);
                OpenBadgesJson.WriteList(json, "awardedBy", badge.Awarders
                    .Select(a => city.Providers[a.Provider].Name.In(language))
                    .Distinct());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
