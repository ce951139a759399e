using System.Buffers;

namespace CitiesOfLearning.JsonLd;

/// <summary>RFC 3986 and 3987 as far as JSON-LD needs them. Nothing is normalised but what reference resolution says.</summary>
internal static class IriReference
{
    // RFC 3987, 2.2, by what it leaves out; the same as N-Quads' IRIREF.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Select(c => (char)c), .. "<>\"{}|^`\\"]);

    /// <summary>Has a scheme, so that it means the same wherever it stands.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> text) => SchemeLength(text) > 0;

    /// <summary>Absolute, with no character that an IRI cannot have, and one fragment at most.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        IsAbsolute(text) && !text.ContainsAny(Forbidden) && text.IndexOf('#') == text.LastIndexOf('#');

    public static bool IsBlankNode(string text) => text.Length > 1 && text[0] == '_' && text[1] == ':';

    /// <summary>RFC 3986, 5.2. Without a base the reference stays as it is.</summary>
    public static string Resolve(string? baseIri, string reference)
    {
        if (baseIri is null || IsAbsolute(reference))
        {
            // An IRI is the identifier that it is, even with dot segments: JSON-LD resolves relative references only.
            return reference;
        }

        var from = Split(baseIri);
        var to = Split(reference);
        var authority = to.Authority;
        string path;
        var query = to.Query;
        if (authority is not null)
        {
            path = RemoveDotSegments(to.Path);
        }
        else
        {
            authority = from.Authority;
            if (to.Path.Length == 0)
            {
                path = from.Path;
                query ??= from.Query;
            }
            else
            {
                path = RemoveDotSegments(to.Path[0] == '/' ? to.Path : Merge(from, to.Path));
            }
        }

        return string.Concat(
            string.Concat(from.Scheme, ":", authority is null ? null : "//", authority),
            path,
            query is null ? null : "?" + query,
            to.Fragment is null ? null : "#" + to.Fragment);
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        foreach (var c in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return 0;
            }
        }

        return colon;
    }

    private readonly record struct Parts(string Scheme, string? Authority, string Path, string? Query, string? Fragment);

    // RFC 3986, appendix B.
    private static Parts Split(string text)
    {
        var rest = text.AsSpan();
        var scheme = SchemeLength(rest);
        var schemeText = rest[..scheme].ToString();
        rest = scheme > 0 ? rest[(scheme + 1)..] : rest;

        var hash = rest.IndexOf('#');
        var fragment = hash < 0 ? null : rest[(hash + 1)..].ToString();
        rest = hash < 0 ? rest : rest[..hash];

        var question = rest.IndexOf('?');
        var query = question < 0 ? null : rest[(question + 1)..].ToString();
        rest = question < 0 ? rest : rest[..question];

        string? authority = null;
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            rest = rest[2..];
            var slash = rest.IndexOf('/');
            authority = (slash < 0 ? rest : rest[..slash]).ToString();
            rest = slash < 0 ? [] : rest[slash..];
        }

        return new Parts(schemeText, authority, rest.ToString(), query, fragment);
    }

    // 5.2.3
    private static string Merge(Parts from, string path)
    {
        if (from.Authority is not null && from.Path.Length == 0)
        {
            return "/" + path;
        }

        return string.Concat(from.Path.AsSpan(0, from.Path.LastIndexOf('/') + 1), path);
    }

    // 5.2.4
    private static string RemoveDotSegments(string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal))
        {
            return path;
        }

        var output = new List<string>();
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            switch (segments[i])
            {
                case ".":
                    if (last)
                    {
                        output.Add("");
                    }

                    break;
                case "..":
                    if (output.Count > 1 || (output.Count == 1 && output[0].Length > 0))
                    {
                        output.RemoveAt(output.Count - 1);
                    }

                    if (last)
                    {
                        output.Add("");
                    }

                    break;
                default:
                    output.Add(segments[i]);
                    break;
            }
        }

        var text = string.Join('/', output);
        return path[0] == '/' && (text.Length == 0 || text[0] != '/') ? "/" + text : text;
    }
}
