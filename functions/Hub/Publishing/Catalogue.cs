using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>Every badge that a city offers, in its default language: for programs.</summary>
public static class Catalogue
{
    public static PublicDocument Of(City city, HubUrls urls) =>
        PublicDocument.Json("application/json", PublicDocument.Short, json =>
        {
            json.WriteString("id", urls.Catalogue(city.Id));
            json.WriteString("city", urls.City(city.Id));
            json.WriteString("name", city.Name.In(null));
            json.WriteStartArray("badges");
            foreach (var badge in city.Badges.Values.OrderBy(b => b.Name.In(null), StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("id", urls.Badge(city.Id, badge.Id, badge.Version));
                json.WriteString("name", badge.Name.In(null));
                json.WriteString("description", badge.Description.In(null));
                json.WriteString("achievementType", badge.AchievementType);
                OpenBadgesJson.WriteImage(json, urls.BadgeImage(city.Id, badge.Id, badge.Version, "png"), badge.Art.Png.Alt.In(null));
                OpenBadgesJson.WriteList(json, "tags", badge.Tags.Select(t => t.In(null)));
                OpenBadgesJson.WriteList(json, "awardedBy", badge.Awarders
                    .Select(a => city.Providers[a.Provider].Name.In(null))
                    .Distinct());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
