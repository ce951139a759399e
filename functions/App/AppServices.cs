using CitiesOfLearning.App.Badges;
using CitiesOfLearning.App.Queues;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.App.Staff;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App;

internal static class AppServices
{
    /// <summary>What turns functions into answers and pages.</summary>
    public static void AddAnswers(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PageRenderer>().AddSingleton<BadgeReader>().AddSingleton<StaffEntry>();
        builder.UseMiddleware<AnswerMiddleware>();
        builder.UseMiddleware<LastAttempt>();
        builder.Services.Configure<WorkerOptions>(options => options.InputConverters.RegisterAt<ReadDeadline>(0));

        // Five lines for each request otherwise. Not a setting: on Linux the name of one takes no dot.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }
}
