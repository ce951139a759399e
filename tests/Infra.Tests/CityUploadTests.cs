using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Operator;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>Against real storage, as the post-provision step does it against Azure.</summary>
public sealed class CityUploadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-cities-").FullName;
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
    }

    [Fact]
    public async Task Uploaded_cities_are_those_that_the_hub_sees_and_uploading_again_changes_nothing()
    {
        var account = await AccountAsync();

        var first = await UploadAsync(account, Repository.SampleCities);
        var seen = await CitiesAsync(account);
        var again = await UploadAsync(account, Repository.SampleCities);

        Assert.Equal((0, 0), (first, again));
        Assert.Equal(["brighton", "plymouth"], seen.Keys.Order());
        Assert.Equal(seen, await CitiesAsync(account));
        Assert.Contains("Loaded Plymouth (3 badges, 3 sources)", _output.ToString());
    }

    [Fact]
    public async Task What_is_published_has_the_hubs_own_address()
    {
        var account = await AccountAsync();

        await UploadAsync(account, Repository.SampleCities);

        var badge = await new BlobServiceClient(account)
            .GetBlobContainerClient("public")
            .GetBlobClient("cities/plymouth/badges/python-beginner/v1.json")
            .DownloadContentAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"https://badges.example.org/cities/plymouth/badges/python-beginner/v1\"", badge.Value.Content.ToString());
    }

    [Fact]
    public async Task A_city_with_a_mistake_keeps_its_earlier_version_and_the_mistake_is_told()
    {
        var account = await AccountAsync();
        Copy("plymouth");
        await UploadAsync(account, _folder);
        var before = await CitiesAsync(account);
        await File.WriteAllTextAsync(Path.Combine(_folder, "plymouth", "sources", "hub.json"), "{}", TestContext.Current.CancellationToken);

        var answer = await UploadAsync(account, _folder);

        Assert.Equal(1, answer);
        Assert.Contains("plymouth/sources/hub.json", _output.ToString());
        Assert.Equal(before, await CitiesAsync(account));
    }

    [Theory]
    [InlineData("http://badges.example.org")]
    [InlineData("")]
    [InlineData("badges.example.org")]
    public async Task Without_the_hubs_https_address_nothing_is_uploaded(string address)
    {
        var account = await AccountAsync();

        var answer = await CityUpload.RunAsync(
            [Repository.SampleCities, $"--Hub:PublicUrl={address}", $"--AzureWebJobsStorage={account}"],
            _output,
            TestContext.Current.CancellationToken);

        Assert.Equal(2, answer);
        Assert.Empty(await CitiesAsync(account));
    }

    [Fact]
    public async Task Without_a_folder_it_says_how_it_is_used()
    {
        Assert.Equal(
            2, await CityUpload.RunAsync(["--Hub:PublicUrl=https://badges.example.org"], _output, TestContext.Current.CancellationToken));
        Assert.Contains("dotnet run --project functions/Operator", _output.ToString());
    }

    private static async Task<string> AccountAsync()
    {
        var account = await TestStorage.ConnectionStringAsync();
        await Storage(account).CreateAsync(TestContext.Current.CancellationToken);
        return account;
    }

    private static HubStorage Storage(string account) =>
        new(new TableServiceClient(account), new BlobServiceClient(account), new QueueServiceClient(account));

    private static async Task<Dictionary<string, string>> CitiesAsync(string account)
    {
        var directory = new CityDirectory(
            Storage(account), new CityParser(SourceProfiles.Ids.ToHashSet()), TimeProvider.System, NullLogger<CityDirectory>.Instance);
        return (await directory.AllAsync(TestContext.Current.CancellationToken)).ToDictionary(c => c.Id.ToString(), c => c.Version);
    }

    private Task<int> UploadAsync(string account, string folder) => CityUpload.RunAsync(
        [folder, "--Hub:PublicUrl=https://badges.example.org", $"--AzureWebJobsStorage={account}"],
        _output,
        TestContext.Current.CancellationToken);

    private void Copy(string city)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.SampleCities, city), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder, Path.GetRelativePath(Repository.SampleCities, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
