using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Tests.Support;

/// <summary>The ids of the sample cities.</summary>
public static class SampleCity
{
    public static CityId Plymouth { get; } = CityId.Parse("plymouth");

    public static CityId Brighton { get; } = CityId.Parse("brighton");
}
