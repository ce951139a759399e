using System.Text;
using System.Xml;
using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.OpenBadges.Baking;

/// <summary>Reads the credential out of an SVG: the verify attribute, or JSON in the element's text.</summary>
internal static class SvgReader
{
    public const string Namespace3 = "https://purl.imsglobal.org/ob/v3p0";
    public const string Namespace2 = "http://openbadges.org";

    /// <param name="file">What somebody sent, or art.</param>
    /// <param name="mayDeclare">Whether its DOCTYPE may have declarations; nothing that they name is fetched.</param>
    public static ExtractionResult Extract(ReadOnlyMemory<byte> file, bool mayDeclare = true)
    {
        var search = new Search();
        if (SvgReading.Walk(file, mayDeclare, search.Visit) is { } problem)
        {
            return new ExtractionResult.Refused(problem);
        }

        return search switch
        {
            { Count: 0 } => new ExtractionResult.NotBaked(new(file)),
            { Count: > 1 } => new ExtractionResult.Refused(new(
                ImageProblems.TwoCredentials, "The picture carries more than one credential, so it is not clear which one is meant.")),
            _ => Read(file, search),
        };
    }

    private static ExtractionResult Read(ReadOnlyMemory<byte> file, Search search)
    {
        // In well-formed XML every character is a Unicode scalar value, so this loses nothing.
        var credential = Encoding.UTF8.GetBytes(search.Credential);
        return credential.Length switch
        {
            0 => new ExtractionResult.Refused(new(
                ImageProblems.CredentialUnreadable, "The credential in the picture is empty.")),
            > ImageLimits.TextBytes => new ExtractionResult.Refused(new(
                ImageProblems.TextTooLarge, $"The credential in the picture is larger than {ImageLimits.TextBytes / 1024 / 1024} MiB.")),
            _ => new ExtractionResult.Found(credential, search.Form, SvgBaker.Unbake(file, search.Credential)),
        };
    }

    private sealed class Search
    {
        private readonly StringBuilder _text = new();
        private string? _verify;
        private int _inside = -1;

        public int Count { get; private set; }

        public BakedForm Form { get; private set; }

        // Some bakers write verify="" beside JSON in the text.
        public string Credential => (string.IsNullOrWhiteSpace(_verify) ? _text.ToString() : _verify).Trim();

        public void Visit(XmlReader reader)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when FormOf(reader) is { } form:
                    Count++;
                    Form = form;
                    _verify = reader.GetAttribute("verify");
                    _inside = reader.IsEmptyElement ? -1 : reader.Depth;
                    break;
                case XmlNodeType.EndElement when reader.Depth == _inside:
                    _inside = -1;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when _inside >= 0 && _text.Length <= ImageLimits.TextBytes:
                    _text.Append(reader.Value);
                    break;
                default:
                    break;
            }
        }

        private static BakedForm? FormOf(XmlReader reader) => (reader.NamespaceURI, reader.LocalName) switch
        {
            (Namespace3, "credential") => BakedForm.OpenBadges3,
            (Namespace2, "assertion") => BakedForm.OpenBadges2,
            _ => null,
        };
    }
}
