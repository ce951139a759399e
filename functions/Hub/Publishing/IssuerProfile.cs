using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>The city as an issuer: https://www.imsglobal.org/spec/ob/v3p0/#profile.</summary>
public static class IssuerProfile
{
    public static Published Of(City city, HubUrls urls, string? language = null) =>
        Published.Json(OpenBadgesJson.MediaType, Published.Short, json =>
        {
            OpenBadgesJson.WriteContext(json);
            json.WriteString("id", urls.City(city.Id));
            OpenBadgesJson.WriteType(json, "Profile");
            json.WriteString("name", city.Name.In(language));
            json.WriteString("description", city.Description.In(language));
            json.WriteString("url", city.Url ?? urls.City(city.Id));
            OpenBadgesJson.WriteIfGiven(json, "email", city.ContactEmail);
            if (city.Image is { } image)
            {
                OpenBadgesJson.WriteImage(json, urls.CityImage(city.Id, "png"), image.Alt.In(language));
            }
        });
}
