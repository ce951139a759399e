using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Operator;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>An operator uploads a roster by itself: it is no part of a city, and needs the keys with which people are kept.</summary>
public sealed class RosterCommandTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private readonly string _file = Path.GetTempFileName();
    private readonly StringWriter _output = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        File.Delete(_file);
        _output.Dispose();
    }

    [Fact]
    public async Task A_roster_is_uploaded_and_what_is_wrong_is_told_by_its_line()
    {
        var account = await AccountAsync();
        await File.WriteAllTextAsync(_file, "account\taddress\tname\tlanguage\n7\tada@example.org\tAda\ten\n8\tx\tGethin\tcy\n", Cancel);

        var first = await RunAsync(account, "plymouth", "moodle", _file);
        await File.WriteAllTextAsync(_file, "account,address,name,language\n7,ada@example.org,Ada,en\n", Cancel);
        var second = await RunAsync(account, "plymouth", "moodle", _file);

        Assert.Equal((1, 0), (first, second));
        Assert.Contains("1 new, 0 changed, 0 unchanged, 1 refused", _output.ToString());
        Assert.Contains("Line 3: The address is not an email address", _output.ToString());
        Assert.Contains("0 new, 0 changed, 1 unchanged, 0 refused", _output.ToString());
        Assert.Single(await new TableClient(account, "Identifiers").QueryAsync<TableEntity>(cancellationToken: Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("The hub has no city", "leeds", "moodle")]
    [InlineData("it has: code-club, hub, moodle", "plymouth", "moodel")]
    [InlineData("upload-roster {city} {source} {file.csv}", "plymouth")]
    public async Task What_is_not_there_is_told_and_nothing_is_tried(string told, params string[] names)
    {
        var account = await AccountAsync();

        Assert.Equal(2, await RunAsync(account, names.Length > 1 ? [.. names, _file] : names));
        Assert.Contains(told, _output.ToString());
    }

    [Fact]
    public async Task Without_the_keys_of_people_nothing_is_tried()
    {
        Assert.Equal(2, await RosterCommand.RunAsync(
            ["plymouth", "moodle", _file, "--Hub:PublicUrl=https://badges.example.org"], _output, Cancel));
        Assert.Contains("Hub__DataKey", _output.ToString());
    }

    [Fact]
    public async Task A_roster_beside_a_city_is_left_out_when_cities_are_uploaded_and_that_is_told()
    {
        var account = await TestStorage.ConnectionStringAsync();
        await Storage(account).CreateAsync(Cancel);

        Assert.Equal(0, await CityUpload.RunAsync(
            [Repository.SampleCities, "--Hub:PublicUrl=https://badges.example.org", $"--AzureWebJobsStorage={account}"], _output, Cancel));

        Assert.Contains("Left out: plymouth/rosters/moodle.csv.", _output.ToString());
    }

    private static async Task<string> AccountAsync()
    {
        var account = await TestStorage.ConnectionStringAsync();
        await Storage(account).CreateAsync(Cancel);
        await CityUpload.RunAsync(
            [Repository.SampleCities, "--Hub:PublicUrl=https://badges.example.org", $"--AzureWebJobsStorage={account}"],
            TextWriter.Null,
            Cancel);
        return account;
    }

    private static HubStorage Storage(string account) =>
        new(new TableServiceClient(account), new BlobServiceClient(account), new QueueServiceClient(account));

    private Task<int> RunAsync(string account, params string[] args) => RosterCommand.RunAsync(
        [
            .. args,
            "--Hub:PublicUrl=https://badges.example.org",
            $"--Hub:DataKey={Key}",
            $"--Hub:HashKey={Key}",
            $"--AzureWebJobsStorage={account}",
        ],
        _output,
        Cancel);
}
