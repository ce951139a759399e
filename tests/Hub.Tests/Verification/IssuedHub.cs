using CitiesOfLearning.Hub.Tests.Journeys;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>A hub with one badge of Plymouth's, for tests that only look.</summary>
public sealed class IssuedHub : IAsyncLifetime
{
    internal HubUnderTest Hub { get; private set; } = null!;

    internal IssuedBadge Badge { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await HubUnderTest.StartAsync("plymouth", "brighton");
        Badge = await Hub.IssueAsync(score: 0.955);
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

[CollectionDefinition(nameof(IssuedHub))]
public sealed class IssuedHubTests : ICollectionFixture<IssuedHub>;
