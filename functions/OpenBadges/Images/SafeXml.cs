using System.Runtime.InteropServices;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Reads XML from third parties: entities are bounded until a DTD is refused, nothing fetched, bounded size.</summary>
internal static class SafeXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Parse, // so that a DOCTYPE without declarations can be told from one with them
        MaxCharactersFromEntities = 1024,
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
