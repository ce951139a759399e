using System.Net;
using System.Text.RegularExpressions;
using CitiesOfLearning.FunctionsTesting;
using CitiesOfLearning.Hub.Settings;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Functions;

public sealed partial class StaffEntryTests
{
    [Fact]
    public async Task While_staff_cannot_sign_in_every_page_of_theirs_is_forbidden()
    {
        await using var app = await HubApp.StartAsync(services => services.AddSingleton(new StaffAccess(IsOpen: false)));
        using var client = app.NewClient();
        var staff = app.Functions.Where(f => f.Route?.StartsWith("manage/", StringComparison.Ordinal) == true).ToList();

        Assert.NotEmpty(staff);
        foreach (var function in staff)
        {
            var route = function.Route!.Replace("{city}", "plymouth").Replace("{change:", "{revoke:").Replace("{what:", "{map:");
            var path = Placeholder().Replace(route, "$1").Replace("/map", "/map-again");
            foreach (var accept in new[] { "text/html", "application/json" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(function.Methods[0]), path);
                request.Headers.Accept.ParseAdd(accept);
                using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
            }
        }
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Placeholder();
}
