namespace CitiesOfLearning.JsonLd;

/// <summary>
/// How much a document may ask for; beyond it the error is <see cref="JsonLdErrors.LimitExceeded"/>. Counted, not timed, so that every
/// machine refuses the same documents.
/// </summary>
/// <param name="Depth">Objects and arrays inside each other; terms that need each other.</param>
/// <param name="Nodes">Objects and values in the expanded document.</param>
/// <param name="RemoteContexts">Contexts that load each other.</param>
/// <param name="ContextWork">Terms defined or copied while contexts are processed; contexts that are kept cost nothing.</param>
/// <param name="ContextIri">Characters of a base, of a vocabulary and of a term's IRI: each may be written many times.</param>
/// <param name="Text">Characters of all statements together.</param>
public sealed record JsonLdLimits(
    int Depth = 64, int Nodes = 100_000, int RemoteContexts = 16, int ContextWork = 500_000, int ContextIri = 1000, int Text = 50_000_000);
