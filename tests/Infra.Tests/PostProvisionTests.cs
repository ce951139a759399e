using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

public sealed class PostProvisionTests : IDisposable
{
    // What main.bicep puts out, and azd into the environment.
    private static readonly (string Name, string Value)[] Outputs =
    [
        ("AZURE_RESOURCE_GROUP", "rg"), ("HUB_APP_NAME", "app"), ("HUB_PUBLIC_URL", "https://badges.example.org"),
        ("HUB_STORAGE_ACCOUNT", "account"), ("HUB_VAULT_NAME", "vault"),
        ("HUB_IDENTITY_CLIENT_ID", "11111111-1111-1111-1111-111111111111"),
        ("HUB_IDENTITY_OBJECT_ID", "22222222-2222-2222-2222-222222222222"),
        ("HUB_SENDERS", "badges@plymouth.example badges@brighton.example"), ("HUB_SOURCE_SECRETS", "source--plymouth--moodle " +
        "source--plymouth--hub"),
        ("HUB_CITIES_FOLDER", Repository.SampleCities), ("HUB_PAUSE", "0"), ("HUB_PATIENCE", "3"),
    ];

    private readonly Shell _shell = new();

    public PostProvisionTests()
    {
        if (!Shell.IsPresent)
        {
            return;
        }

        // A vault in a folder, and a list of what was called.
        _shell.Put("az", """
            echo "az $*" >>"$HERE/calls"
            case "$1 $2 $3" in
              "keyvault secret list") ls "$HERE/vault" ;;
              "keyvault secret set") while [ $# -gt 0 ]; do case $1 in --name) name=$2 ;; --file) file=$2 ;; esac; shift; done
                cp "$file" "$HERE/vault/$name" ;;
            esac
            """);
        _shell.Put(
            "dotnet",
            """echo "dotnet $* $Hub__PublicUrl $AzureWebJobsStorage__accountName" >>"$HERE/calls"; exit "$(cat "$HERE/upload" 2>/dev/""" +
            """null || echo 0)" """);
        _shell.Put("pwsh", """echo "pwsh $*" >>"$HERE/calls" """);
        Directory.CreateDirectory(_shell.At("vault"));
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task It_draws_the_secrets_uploads_the_cities_grants_mail_and_restarts()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (exit, output) = await RunAsync();

        Assert.True(exit == 0, output);
        Assert.Equal(["hub-data-key", "hub-hash-key", "source--plymouth--hub", "source--plymouth--moodle"], Secrets().Keys.Order());
        Assert.Equal(32, Convert.FromBase64String(Secrets()["hub-hash-key"]).Length);
        Assert.Equal(24, Convert.FromBase64String(Secrets()["source--plymouth--hub"]["whsec_".Length..]).Length);
        var calls = Calls();
        Assert.Contains(
            "dotnet run --configuration Release --project functions/Operator -- " +
            $"{Repository.SampleCities} https://badges.example.org account",
            calls);
        Assert.Contains(
            "pwsh -NoProfile -File infra-bicep/grant-mail.ps1 -ClientId 11111111-1111-1111-1111-111111111111 -ObjectId " +
            "22222222-2222-2222-2222-222222222222 -Senders badges@plymouth.example,badges@brighton.example",
            calls);
        Assert.Equal("az functionapp restart --resource-group rg --name app", calls[^1]);
    }

    [Fact]
    public async Task A_secret_that_is_there_is_never_touched()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        await RunAsync();
        var first = Secrets();
        var (exit, _) = await RunAsync(("HUB_SOURCE_SECRETS", "source--plymouth--moodle source--plymouth--new"));

        Assert.Equal(0, exit);
        Assert.All(first, s => Assert.Equal(s.Value, Secrets()[s.Key]));
        Assert.Contains("source--plymouth--new", Secrets().Keys);
    }

    [Fact]
    public async Task No_secret_is_printed_or_stands_on_a_command_line()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (_, output) = await RunAsync();

        Assert.All(Secrets().Values, secret => Assert.DoesNotContain(secret, output + string.Join('\n', Calls())));
    }

    [Fact]
    public async Task Without_a_right_to_the_vault_nothing_is_drawn()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);
        if (!Shell.IsPresent)
        {
            return; // for the compiler, which does not know that the line above ends the test
        }

        _shell.Put("az", """echo "az $*" >>"$HERE/calls"; exit 1""");

        var (exit, _) = await RunAsync();

        Assert.NotEqual(0, exit);
        Assert.Equal(3, Calls().Count(c => c.StartsWith("az keyvault secret list", StringComparison.Ordinal)));
        Assert.DoesNotContain(Calls(), c => c.Contains("secret set", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("134", 3)]
    public async Task A_mistake_in_a_city_ends_it_and_a_refusal_by_storage_is_waited_for(string status, int tries)
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);
        await File.WriteAllTextAsync(_shell.At("upload"), status, TestContext.Current.CancellationToken);

        var (exit, _) = await RunAsync();

        Assert.NotEqual(0, exit);
        Assert.Equal(tries, Calls().Count(c => c.StartsWith("dotnet run", StringComparison.Ordinal)));
        Assert.DoesNotContain(Calls(), c => c.StartsWith("pwsh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_grant_mail_is_told_the_command()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (exit, output) = await RunAsync(("HUB_GRANT_MAIL", "no"));

        Assert.Equal(0, exit);
        Assert.Contains("pwsh -NoProfile -File infra-bicep/grant-mail.ps1 -ClientId 11111111", output);
        Assert.DoesNotContain(Calls(), c => c.StartsWith("pwsh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_cities_it_says_how_to_begin()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (exit, output) = await RunAsync(("HUB_CITIES_FOLDER", _shell.At("nowhere")));

        Assert.Equal(1, exit);
        Assert.Contains("cp -r localsettings-sample/cities/plymouth cities/", output);
    }

    private Task<(int Exit, string Output)> RunAsync(params (string Name, string Value)[] changes) =>
        _shell.RunAsync("infra-bicep/postprovision.sh", [.. Outputs, .. changes]);

    private string[] Calls() => File.ReadAllLines(_shell.At("calls"));

    private Dictionary<string, string> Secrets() =>
        Directory.EnumerateFiles(_shell.At("vault")).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
}
