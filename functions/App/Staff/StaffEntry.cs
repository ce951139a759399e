using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Settings;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Staff;

/// <summary>Who may enter <c>/manage</c>: on a laptop, whoever sits at it; in Azure nobody yet, until staff sign-in is there.</summary>
public sealed class StaffEntry(StaffAccess access, CityDirectory cities)
{
    public async Task<IResult> EnterAsync(
        HttpRequest request, string city, Func<City, Task<IResult>> enter, CancellationToken cancellationToken)
    {
        if (!access.IsOpen)
        {
            return Problems.Forbidden();
        }

        // Without a sign-in there is no session to protect, but a page elsewhere could still make this browser post here.
        if (HttpMethods.IsPost(request.Method) && request.IsCrossSite())
        {
            return Problems.CrossSite();
        }

        return await cities.FindAsync(city, cancellationToken) is { } found ? await enter(found) : Problems.NotFound();
    }
}
