using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>What senders hear.</summary>
public sealed class HookAnswerTests
{
    private const string Delivery =
        """{"eventname":"\\core\\event\\user_loggedin","objectid":1,"userid":2,"host":"moodle.example.org","timecreated":""" +
        """1763900000,"token":"local-moodle-token"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_is_acknowledged_with_200_as_most_senders_need()
    {
        using var answer = await PostAsync("hooks/plymouth/moodle", Delivery);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_guesses_learns_nothing()
    {
        using var badSecret = await PostAsync(
            "hooks/plymouth/moodle", Delivery.Replace("local-moodle-token", "local-moodle-tokem", StringComparison.Ordinal));
        using var noSecret = await PostAsync("hooks/plymouth/moodle", "{}");
        using var noSignature = await PostAsync("hooks/plymouth/hub", Delivery);
        using var noSource = await PostAsync("hooks/plymouth/none", Delivery);
        using var noCity = await PostAsync("hooks/atlantis/none", Delivery);

        var answers = await Task.WhenAll(new[] { badSecret, noSecret, noSignature, noSource, noCity }.Select(SayAsync));
        Assert.Equal(HttpStatusCode.Unauthorized, badSecret.StatusCode);
        Assert.Equal("application/problem+json", badSecret.Content.Headers.ContentType!.MediaType);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Too_much_is_413()
    {
        using var answer = await PostAsync(
            "hooks/plymouth/moodle", Delivery[..^1] + ",\"extra\":\"" + new string('x', 2 * 1024 * 1024) + "\"}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Another_character_set_is_415()
    {
        using var answer = await PostAsync("hooks/plymouth/moodle", Delivery, "application/json; charset=utf-16");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task The_right_secret_around_what_cannot_be_read_is_400()
    {
        using var answer = await PostAsync("hooks/plymouth/moodle", Delivery[..^1] + ",\"objectid\":2}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "hooks/plymouth/moodle")]
    [InlineData("OPTIONS", "hooks/plymouth/none")]
    public async Task A_test_of_the_address_is_answered_whether_it_exists_or_not(string method, string path)
    {
        using var hub = await SharedHub.ClientAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await hub.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("POST", answer.Content.Headers.Allow);
    }

    private static async Task<HttpResponseMessage> PostAsync(string path, string body, string mediaType = "application/json")
    {
        using var hub = await SharedHub.ClientAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) }
        };
        return await hub.PostAsync(path, content, Cancel);
    }

    private static async Task<string> SayAsync(HttpResponseMessage answer)
    {
        var headers = answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}={string.Join(',', h.Value)}");
        return $"{answer.StatusCode} {string.Join('|', headers)} {await answer.Content.ReadAsStringAsync(Cancel)}";
    }
}
