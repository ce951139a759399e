namespace CitiesOfLearning.JsonLd;

/// <summary>The keywords of JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords).</summary>
internal static class Keywords
{
    public const string Base = "@base";
    public const string Container = "@container";
    public const string Context = "@context";
    public const string Default = "@default";
    public const string Direction = "@direction";
    public const string Graph = "@graph";
    public const string Id = "@id";
    public const string Import = "@import";
    public const string Included = "@included";
    public const string Index = "@index";
    public const string Json = "@json";
    public const string Language = "@language";
    public const string List = "@list";
    public const string Nest = "@nest";
    public const string None = "@none";
    public const string Prefix = "@prefix";
    public const string Preserve = "@preserve";
    public const string Propagate = "@propagate";
    public const string Protected = "@protected";
    public const string Reverse = "@reverse";
    public const string Set = "@set";
    public const string Type = "@type";
    public const string Value = "@value";
    public const string Version = "@version";
    public const string Vocab = "@vocab";

    public static bool Is(string text) => text.Length > 2 && text[0] == '@' && text is
        Base or Container or Context or Default or Direction or Graph or Id or Import or Included or Index or Json or Language or List
        or Nest or None or Prefix or Preserve or Propagate or Protected or Reverse or Set or Type or Value or Version or Vocab;

    /// <summary>Like a keyword, and reserved: <c>"@"1*ALPHA</c>. Such terms are ignored.</summary>
    public static bool HasForm(string text)
    {
        if (text.Length < 2 || text[0] != '@')
        {
            return false;
        }

        foreach (var c in text.AsSpan(1))
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return true;
    }
}
