namespace CitiesOfLearning.DevHost.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true, "services")]
    [InlineData(true, "--Local:Port=7072", "services")]
    [InlineData(true, "services", "--Local:Port", "7072")]
    [InlineData(false, "--Local:DataFolder", "services")]
    [InlineData(true, "--Local:DataFolder=services", "services")]
    public void Services_counts_wherever_it_stands(bool asksForServices, params string[] args)
    {
        var line = CommandLine.Read(args);

        Assert.Equal(asksForServices, line.AsksForServices);
        Assert.Equal(args.Length - (asksForServices ? 1 : 0), line.Settings.Length);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("services", "-h")]
    [InlineData("help")]
    public async Task Help_says_what_there_is_to_set_and_where_the_rest_is(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();

        var code = await DevCommand.RunAsync(args, output, error, CancellationToken.None);

        Assert.Equal((0, ""), (code, error.ToString()));
        Assert.Contains("Local__Port", output.ToString());
        Assert.Contains("docs/settings.md", output.ToString());
    }
}
