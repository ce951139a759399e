using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Mail;

public sealed class ClaimMailTests
{
    private const string ClaimUrl = "https://hub.example/claim/0123456789abcdefghjkmnpqrstvwxyz";
    private const string ImageUrl = "https://hub.example/cities/plymouth/badges/python-beginner/v1.png";

    private static readonly BadgeClassVersion Badge = new(
        "python-beginner",
        1,
        Text("Python for beginners", "Python i ddechreuwyr"),
        Text("d", "d"),
        Text("c", "c"),
        null,
        Text("A snake around a compass", "Neidr o amgylch cwmpawd"),
        false,
        [],
        [],
        null);

    private static readonly City City = new(
        SampleCity.Plymouth,
        "v",
        Text("Plymouth", "Plymouth"),
        Text("d", "d"),
        null,
        "badges@plymouth.example",
        ["en", "cy"],
        new MailSender("badges@plymouth.example", Text("Plymouth City of Learning", "Dinas Dysgu Plymouth")),
        null,
        new Dictionary<string, Provider>(),
        new Dictionary<string, BadgeClass>(),
        new Dictionary<string, Source>(),
        [],
        CityProofs.Default,
        TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

    /// <summary>What learners receive. A changed file is reviewed like a changed interface.</summary>
    [Theory]
    [InlineData("en", "Ada")]
    [InlineData("cy", "Gethin")]
    public void The_message_reads_as_reviewed(string language, string name)
    {
        var mail = Write(language, name);

        Assert.Equal(Snapshot($"claim.{language}.html"), mail.Html);
        Assert.Equal(Snapshot($"claim.{language}.txt"), $"Subject: {mail.Subject}\n\n{mail.Text}");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("\"><img src=https://evil.example/x onerror=alert(1)>")]
    public void A_hostile_name_is_only_a_name(string name)
    {
        var mail = Write("en", name);

        Assert.Contains(System.Net.WebUtility.HtmlEncode(name), mail.Html);
        Assert.DoesNotContain("<script", mail.Html);
        Assert.Equal(1, mail.Html.Split("<img").Length - 1);
        Assert.Contains(name, mail.Text);
    }

    [Theory]
    [InlineData("Python\r\nBcc: everyone@example.org")]
    [InlineData("Python\nBcc: everyone@example.org")]
    [InlineData("Python\u2028\u0000\u0085Bcc: everyone@example.org")]
    public void The_subject_stays_one_header(string name)
    {
        var mail = ClaimMail.Write(City, Badge with { Name = Text(name, name) }, "Ada", "en", ClaimUrl, ImageUrl);

        Assert.Equal("Your badge: Python Bcc: everyone@example.org", mail.Subject);
    }

    [Fact]
    public void Nothing_in_the_message_tells_that_it_was_opened()
    {
        var mail = Write("en", "Ada");

        var sources = mail.Html.Split("src=\"").Skip(1).Select(s => s[..s.IndexOf('"')]);
        Assert.Equal([ImageUrl], sources);
        Assert.DoesNotContain("url(", mail.Html);
    }

    [Fact]
    public void A_learner_without_a_name_is_greeted_all_the_same()
    {
        Assert.StartsWith("Hello,\n", Write("en", null).Text);
    }

    private static MailText Write(string language, string? name) =>
        ClaimMail.Write(City, Badge, name, language, ClaimUrl, ImageUrl);

    private static string Snapshot(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Mail", "Snapshots", name));

    private static LocalizedText Text(string english, string welsh) =>
        new(new Dictionary<string, string> { ["en"] = english, ["cy"] = welsh });
}
