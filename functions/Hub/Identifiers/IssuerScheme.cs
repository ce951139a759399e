namespace CitiesOfLearning.Hub.Identifiers;

/// <summary>
/// How a city names itself in what it signs. It is found by either name at any time; a badge and the status list that it points to have
/// the same one, since verifiers compare them.
/// </summary>
public enum IssuerScheme
{
    /// <summary>By the address of its profile.</summary>
    Https,

    /// <summary>As a <c>did:web</c> (https://w3c-ccg.github.io/did-method-web/).</summary>
    DidWeb,
}

/// <summary>Which name a status list has is written in its number, so nobody has to look it up.</summary>
public static class IssuerSchemes
{
    private const int FirstOfDidWeb = 1_000_001;

    /// <summary>The first list of a city that names itself so.</summary>
    public static int FirstList(this IssuerScheme scheme) => scheme == IssuerScheme.DidWeb ? FirstOfDidWeb : 1;

    /// <summary>How the city names itself in this list, and in the badges that point to it.</summary>
    public static IssuerScheme OfList(int number) => number < FirstOfDidWeb ? IssuerScheme.Https : IssuerScheme.DidWeb;
}
