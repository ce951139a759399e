namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>What an implementation cannot take from anybody, so that no original is accepted.</summary>
/// <param name="Refusal">Its own words.</param>
/// <param name="Why">For docs/interop.md.</param>
internal sealed record InteropLimit(string Refusal, string Why)
{
    private static readonly InteropLimit Rs256 = new(
        "not_supported: No supported signature types for algorithm RS256",
        "It knows no RSA. A city with such readers chooses `jwt-es256`, as is usual.");

    private static readonly InteropLimit FirstDataModel = new(
        "schema_error: @context is missing default context \"https://www.w3.org/2018/credentials/v1\"",
        "It knows the data model of 2018 only, and Open Badges 3.0 is built on that of 2025. "
        + "The next column is the same without that check.");

    public static IReadOnlyList<InteropLimit> All { get; } = [FirstDataModel, Rs256];

    public static InteropLimit? Of(InteropAnswer answer) => (answer.Implementation, answer.Form) switch
    {
        ("did-jwt-vc" or "did-jwt-vc, format: false", "jwt-rs256" or "status list, jwt-rs256") => Rs256,
        ("did-jwt-vc", _) => FirstDataModel,
        _ => null,
    };
}
