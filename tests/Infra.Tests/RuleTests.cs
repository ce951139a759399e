namespace CitiesOfLearning.Infra.Tests;

public sealed class RuleTests
{
    private static readonly Rule[] Rules = [.. Security.Rules, .. State.Rules, .. Hosting.Rules, .. Watching.Rules, .. Settings.Rules];

    private static readonly Rule[] NationRules = [.. FrontDoor.Rules, .. VerifyApart.Rules];

    public static TheoryData<string> Names => [.. Rules.Select(r => r.Name)];

    public static TheoryData<string> NationNames => [.. NationRules.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_deployment_keeps_the_rule(string name)
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var rule = Rules.Single(r => r.Name == name);

        Assert.Empty(rule.Problems(await Deployment.PilotAsync()));
        Assert.Empty(rule.Problems(await Deployment.NationAsync()));
        Assert.Empty(rule.Problems(await Deployment.GroupAsync()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Breaking_the_rule_is_noticed(string name)
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        Notices(Rules.Single(r => r.Name == name), await Deployment.PilotAsync());
    }

    [Theory]
    [MemberData(nameof(NationNames))]
    public async Task A_nation_keeps_the_rule_and_breaking_it_is_noticed(string name)
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var rule = NationRules.Single(r => r.Name == name);
        var nation = await Deployment.NationAsync();

        Assert.Empty(rule.Problems(nation));
        Notices(rule, nation);
    }

    private static void Notices(Rule rule, Deployment kept)
    {
        Assert.NotEmpty(rule.Breaks);
        Assert.All(rule.Breaks, breakIt =>
        {
            var broken = kept.Copy();
            breakIt(broken);
            Assert.NotEmpty(rule.Problems(broken));
        });
    }
}
