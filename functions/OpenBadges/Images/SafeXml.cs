using System.Runtime.InteropServices;
using System.Xml;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>Reads XML from third parties: no DTD (so no entities of theirs), nothing fetched, bounded size.</summary>
internal static class SafeXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
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
