using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CitiesOfLearning.OpenBadges;

/// <summary>Inflates what a third party sent, and stops at a limit: a few kilobytes can inflate to a thousand times as much.</summary>
internal static class BoundedInflate
{
    /// <summary>Null when it is not valid zlib data (RFC 1950), or when <paramref name="tooLarge"/>.</summary>
    public static byte[]? ZLib(ReadOnlyMemory<byte> deflated, int limit, out bool tooLarge) =>
        Read(new ZLibStream(Stream(deflated), CompressionMode.Decompress), limit, out tooLarge);

    /// <summary>Null when it is not valid gzip data (RFC 1952), or when <paramref name="tooLarge"/>.</summary>
    public static byte[]? GZip(ReadOnlyMemory<byte> deflated, int limit, out bool tooLarge) =>
        Read(new GZipStream(Stream(deflated), CompressionMode.Decompress), limit, out tooLarge);

    private static byte[]? Read(Stream inflating, int limit, out bool tooLarge)
    {
        using (inflating)
        using (var result = new MemoryStream())
        {
            tooLarge = false;
            var buffer = new byte[8192];
            try
            {
                for (var read = inflating.Read(buffer); read > 0; read = inflating.Read(buffer))
                {
                    if (result.Length + read > limit)
                    {
                        tooLarge = true;
                        return null;
                    }

                    result.Write(buffer, 0, read);
                }
            }
            catch (InvalidDataException)
            {
                return null;
            }

            return result.ToArray();
        }
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
