namespace CitiesOfLearning.JsonLd;

/// <summary>
/// The codes of <see cref="JsonLdException"/> that a program may want to act on. All others are those of
/// https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode, word for word, such as <c>invalid term definition</c>.
/// </summary>
public static class JsonLdErrors
{
    /// <summary>
    /// The document refers to a context that the <see cref="ContextStore"/> does not have; the message names it
    /// (https://www.w3.org/TR/json-ld11-api/#dom-jsonlderrorcode-loading-remote-context-failed).
    /// </summary>
    public const string LoadingRemoteContextFailed = "loading remote context failed";

    /// <summary>Ours: more work than <see cref="JsonLdLimits"/> allow.</summary>
    public const string LimitExceeded = "limit exceeded";

    /// <summary>Ours, in safe mode: something in the document would not be in its RDF, so that a signature would not cover it.</summary>
    public const string WouldBeDropped = "would be dropped";
    internal const string CollidingKeywords = "colliding keywords";
    internal const string ConflictingIndexes = "conflicting indexes";
    internal const string ContextOverflow = "context overflow";
    internal const string CyclicIriMapping = "cyclic IRI mapping";
    internal const string InvalidBaseDirection = "invalid base direction";
    internal const string InvalidBaseIri = "invalid base IRI";
    internal const string InvalidContainerMapping = "invalid container mapping";
    internal const string InvalidContextEntry = "invalid context entry";
    internal const string InvalidContextNullification = "invalid context nullification";
    internal const string InvalidDefaultLanguage = "invalid default language";
    internal const string InvalidIdValue = "invalid @id value";
    internal const string InvalidImportValue = "invalid @import value";
    internal const string InvalidIncludedValue = "invalid @included value";
    internal const string InvalidIndexValue = "invalid @index value";
    internal const string InvalidIriMapping = "invalid IRI mapping";
    internal const string InvalidJsonLiteral = "invalid JSON literal";
    internal const string InvalidKeywordAlias = "invalid keyword alias";
    internal const string InvalidLanguageMapping = "invalid language mapping";
    internal const string InvalidLanguageMapValue = "invalid language map value";
    internal const string InvalidLanguageTaggedString = "invalid language-tagged string";
    internal const string InvalidLanguageTaggedValue = "invalid language-tagged value";
    internal const string InvalidLocalContext = "invalid local context";
    internal const string InvalidNestValue = "invalid @nest value";
    internal const string InvalidPrefixValue = "invalid @prefix value";
    internal const string InvalidPropagateValue = "invalid @propagate value";
    internal const string InvalidProtectedValue = "invalid @protected value";
    internal const string InvalidRemoteContext = "invalid remote context";
    internal const string InvalidReverseProperty = "invalid reverse property";
    internal const string InvalidReversePropertyMap = "invalid reverse property map";
    internal const string InvalidReversePropertyValue = "invalid reverse property value";
    internal const string InvalidReverseValue = "invalid @reverse value";
    internal const string InvalidScopedContext = "invalid scoped context";
    internal const string InvalidSetOrListObject = "invalid set or list object";
    internal const string InvalidTermDefinition = "invalid term definition";
    internal const string InvalidTypedValue = "invalid typed value";
    internal const string InvalidTypeMapping = "invalid type mapping";
    internal const string InvalidTypeValue = "invalid type value";
    internal const string InvalidValueObject = "invalid value object";
    internal const string InvalidValueObjectValue = "invalid value object value";
    internal const string InvalidVersionValue = "invalid @version value";
    internal const string InvalidVocabMapping = "invalid vocab mapping";
    internal const string KeywordRedefinition = "keyword redefinition";
    internal const string LoadingDocumentFailed = "loading document failed";
    internal const string ProtectedTermRedefinition = "protected term redefinition";
}
