using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Identifiers;

public sealed class HubUrlsTests
{
    [Fact]
    public void A_final_slash_of_the_public_address_is_not_doubled() =>
        Assert.Equal(
            "https://hub.example/cities/plymouth/badges/b/v2", new HubUrls("https://hub.example/").Badge(SampleCity.Plymouth, "b", 2));

    [Theory]
    [InlineData("https://hub.example", "did:web:hub.example:cities:plymouth")]
    [InlineData("http://localhost:7071", "did:web:localhost%3A7071:cities:plymouth")]
    [InlineData("https://hub.example/of/learning", "did:web:hub.example:of:learning:cities:plymouth")]
    public void A_city_is_a_did_under_the_hubs_host(string publicUrl, string did) =>
        Assert.Equal(did, new HubUrls(publicUrl).Did(SampleCity.Plymouth));
}
