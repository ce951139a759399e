using System.Runtime.InteropServices;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Reads XML from third parties: what entities expand to is bounded, nothing is fetched, and the size is bounded.</summary>
internal static class SafeXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Parse, // so that a DOCTYPE without declarations can be told from one with them
        MaxCharactersFromEntities = 16 * 1024, // drawing programs write the addresses of their namespaces so
        XmlResolver = null,
        MaxCharactersInDocument = ImageLimits.SvgBytes,
        CloseInput = true,
    };

    public static XmlReader Read(ReadOnlyMemory<byte> xml) => XmlReader.Create(
        MemoryMarshal.TryGetArray(xml, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(xml.ToArray(), writable: false),
        Settings);
}
