using System.Net;
using CitiesOfLearning.App.Functions;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.App.Tests.Host;
using CitiesOfLearning.Home;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Functions;

public sealed class StaffDoorTests
{
    private static readonly Type[] Functions = [.. typeof(StaffDoor).Assembly.GetTypes().Where(t => Route(t)?.Route?.StartsWith("manage/") == true)];

    [Fact]
    public async Task While_staff_cannot_sign_in_every_page_of_theirs_is_forbidden()
    {
        await using var host = await TestHost.StartAsync(
            Functions,
            builder =>
            {
                builder.AddHub().AddHome();
                builder.Services.AddSingleton<PageRenderer>().AddSingleton<StaffDoor>().AddSingleton(new StaffAccess(IsOpen: false));
            },
            $"--AzureWebJobsStorage={await TestStorage.ConnectionStringAsync()}");

        Assert.NotEmpty(Functions);
        foreach (var trigger in Functions.Select(t => Route(t)!))
        {
            var path = trigger.Route!.Replace("{city}", "plymouth").Replace("{", "").Replace("}", "");
            foreach (var accept in new[] { "text/html", "application/json" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(trigger.Methods![0]), path);
                request.Headers.Accept.ParseAdd(accept);
                using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal((path, HttpStatusCode.Forbidden), (path, response.StatusCode));
            }
        }
    }

    private static HttpTriggerAttribute? Route(Type function) => function.GetMethod("Run")?.GetParameters()
        .Select(p => p.GetCustomAttributes(typeof(HttpTriggerAttribute), false).Cast<HttpTriggerAttribute>().SingleOrDefault())
        .FirstOrDefault(a => a is not null);
}
