using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>As <see cref="NothingHere"/>, of what is posted.</summary>
public sealed class NothingToPost
{
    private const string Pattern = @"{*path:regex(^(?!("
        + @"badges/[^/]+"
        + @"|claim(/[^/]+)?"
        + @"|hooks/[^/]+/[^/]+"
        + @"|manage/[^/]+/awards/[^/]+/(slip|revoke|suspend|resume)"
        + @"|manage/[^/]+/deliveries/[^/]+/[^/]+/(map|award)-again"
        + @"|manage/[^/]+/rosters"
        + @"|manage/[^/]+/waiting/replay"
        + @"|verify"
        + @")/?\z))}";

    [Function(nameof(NothingToPost))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Pattern)] HttpRequest request) => Problems.NotFound();
}
