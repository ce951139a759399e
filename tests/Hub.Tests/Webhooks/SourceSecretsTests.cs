using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

public sealed class SourceSecretsTests
{
    [Fact]
    public void Both_secrets_of_a_source_are_found() => Assert.Equal(
        ("one", "two"), Find(("Sources:plymouth:code-club:Secret", "one"), ("Sources:plymouth:code-club:NextSecret", "two")));

    [Fact]
    public void In_Azure_where_a_name_takes_no_hyphen_an_underscore_stands_for_it() => Assert.Equal(
        ("one", "two"), Find(("Sources:plymouth:code_club:Secret", "one"), ("Sources:plymouth:code_club:NextSecret", "two")));

    [Fact]
    public void Another_source_has_other_secrets() =>
        Assert.Equal((null, null), Find(("Sources:plymouth:codeclub:Secret", "one"), ("Sources:brighton:code-club:Secret", "two")));

    [Theory]
    [InlineData("")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://kv-badges.vault.azure.net/secrets/source--plymouth--code-club)")]
    public void What_is_no_secret_is_none(string value) => Assert.Equal((null, null), Find(("Sources:plymouth:code_club:Secret", value)));

    private static (string? Current, string? Next) Find(params (string Name, string? Value)[] settings) => new SourceSecrets(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value))
            .Build()).Find(SampleCity.Plymouth, "code-club");
}
