using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Learners;

/// <summary>Who is meant at an address that somebody has already: a certain one, somebody new, or a question; never a guess.</summary>
public sealed class SharedAddressTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;
    private City _city = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubUnderTest.StartAsync();
        _city = (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("Mohammed Ali", "Mohammed Yusuf")]
    [InlineData("Ada Marsh", "A. Marsh")]
    [InlineData("A. Marsh", "Alan Marsh")]
    [InlineData("王 小明", "王 小红")]
    public async Task A_name_that_may_be_the_same_persons_is_asked_about(string first, string second)
    {
        var known = await KnownAsync("hub", null, first);

        Assert.Equal("Reason.severalPeople", Assert.IsType<LearnerResolution.Unknown>(await ResolveAsync("hub", null, second)).Reason.Key);
        Assert.IsType<LearnerResolution.Unknown>(await ResolveAsync("code-club", "at-the-club", second));
        Assert.Equal(known, (await KnownAsync("code-club", "another", first)));
    }

    [Theory]
    [InlineData("Tom Bright", "Nia Bright")]
    [InlineData("रीता", "रीति")]
    [InlineData("มาลี", "มาลา")]
    public async Task A_name_that_is_plainly_another_is_somebody_else_where_an_account_says_who(string first, string second)
    {
        var known = await KnownAsync("hub", null, first);

        Assert.IsType<LearnerResolution.Unknown>(await ResolveAsync("hub", null, second));
        Assert.NotEqual(known, await KnownAsync("code-club", "at-the-club", second));
    }

    /// <summary>The first is being looked at, or the process died: nothing but the link is written down.</summary>
    [Theory]
    [InlineData("Tom Bright", "Nia Bright", false)]
    [InlineData("Mohammed Ali", "Mohammed Yusuf", null)]
    [InlineData("Ada Marsh", "A. Marsh", null)]
    [InlineData("Ada Marsh", "Marsh, Ada", true)]
    [InlineData("李小明", "李小红", false)]
    public async Task Somebody_of_whom_nothing_is_written_down_yet_is_told_apart_too(string first, string second, bool? isSame)
    {
        var begun = Assert.IsType<LearnerResolution.Known>(await ResolveAsync("hub", null, first)).Learner.Id;
        Assert.Null(await _hub.Get<LearnerTable>().FindAsync(begun, Cancel));

        var next = await ResolveAsync("code-club", "at-the-club", second);

        Assert.Equal(isSame, next is LearnerResolution.Known known ? known.Learner.Id == begun : null);
        Assert.Equal(begun, Assert.IsType<LearnerResolution.Known>(await ResolveAsync("hub", null, first)).Learner.Id);
    }

    [Theory]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@BÜCHER.example", "ADA@ｂücher.example")]
    [InlineData("οδυσσευς@example.org", "ΟΔΥΣΣΕΥΣ@example.org")]
    public async Task One_address_in_two_spellings_leads_to_one_learner(string one, string other)
    {
        var known = await KnownAsync("hub", null, "Ada", one);

        Assert.Equal(known, await KnownAsync("code-club", "ada", "Ada Marsh", other));
    }

    [Fact]
    public async Task One_account_in_two_spellings_leads_to_one_learner()
    {
        var known = await KnownAsync("hub", "ΟΔΥΣΣΕΥΣ", "Odysseus");

        Assert.Equal(known, await KnownAsync("hub", "Οδυσσευς", "Odysseus"));
    }

    [Theory]
    [InlineData("Ada", "Ada Marsh")]
    [InlineData("A. Marsh", "Ada Marsh")]
    [InlineData("Ada Pool", "Ada Pool")]
    [InlineData("Ada Mary Marsh", "Ada Mary Marsh")]
    public async Task A_newer_name_that_only_says_less_corrects_nothing(string newer, string name)
    {
        await KnownAsync("hub", "ada", "Ada Marsh");

        await KnownAsync("hub", "ada", newer);

        Assert.Equal(name, Assert.IsType<LearnerResolution.Known>(await ResolveAsync("hub", "ada", null)).Learner.Name);
    }

    private async Task<string> KnownAsync(string source, string? account, string? name, string address = "family@example.org")
    {
        var known = Assert.IsType<LearnerResolution.Known>(await ResolveAsync(source, account, name, address));
        await _hub.Get<LearnerTable>().KeepAsync(SampleCity.Plymouth, known.Learner, Cancel);
        return known.Learner.Id;
    }

    private Task<LearnerResolution> ResolveAsync(string source, string? account, string? name, string address = "family@example.org")
    {
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        var said = new ReportedLearner(account, address, name, null);
        return _hub.Get<LearnerResolver>().ResolveAsync(_city, _city.Sources[source], said, _hub.Time.GetUtcNow(), Cancel);
    }
}
