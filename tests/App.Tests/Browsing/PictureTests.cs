using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Browsing;

/// <summary>
/// Makes the README's pictures from the running hub: into a folder that goes, or into the one that HUB_PICTURES names (from the root of the
/// repository), which is how they are made again. docs/development.md has the command.
/// </summary>
public sealed class PictureTests : IDisposable
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("HUB_PICTURES");

    private readonly string _scratch = Directory.CreateTempSubdirectory("hub-pictures-").FullName;

    [Fact]
    public async Task A_journey_leaves_a_picture_of_each_step_all_of_one_size()
    {
        if (Asked is not null)
        {
            Assert.True(Browser.IsThere, $"No picture was made. {Browser.Absent}");
        }

        var folder = Asked is null ? _scratch : Path.Combine(Repository.Root, Asked);

        await Pictures.TakeAsync(folder);

        await AllAreThereAsync(folder);
    }

    [Fact]
    public async Task The_README_shows_these_four_and_no_others()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var folder = Path.Combine(Repository.Root, "docs", "images");

        Assert.All(Pictures.Names, name => Assert.Contains($"docs/images/{name}", readme));
        Assert.Equal(Pictures.Names.Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        await AllAreThereAsync(folder);
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private static Task AllAreThereAsync(string folder) => Assert.AllAsync(
        Pictures.Names, async name => Assert.Equal(Pictures.Size, await Pictures.SizeOfAsync(Path.Combine(folder, name))));
}
