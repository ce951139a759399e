using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace CitiesOfLearning.Tests.Support;

/// <summary>Writes PNGs chunk by chunk, right ones and wrong ones, by nothing but the PNG specification.</summary>
public sealed class PngBuilder
{
    private readonly MemoryStream _file = new();

    public PngBuilder() => _file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    public PngBuilder Header(uint width, uint height)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        data[8] = 8; // bits per channel
        data[9] = 6; // RGBA
        return Chunk("IHDR", data);
    }

    /// <summary>Noise that does not compress, so that the file's size is about width × height × 4.</summary>
    public PngBuilder Pixels(int width, int height, int seed)
    {
        var rows = new byte[height * (1 + (width * 4))];
        var state = (uint)seed | 1;
        for (var i = 0; i < rows.Length; i++)
        {
            // xorshift32; the first byte of each row names its filter: none
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            rows[i] = i % (1 + (width * 4)) == 0 ? (byte)0 : (byte)state;
        }

        var deflated = Deflate(rows);
        foreach (var part in deflated.Chunk(8192))
        {
            Chunk("IDAT", part);
        }

        return this;
    }

    public PngBuilder Chunk(string type, ReadOnlySpan<byte> data, uint? length = null, uint? crc = null)
    {
        var body = new byte[4 + data.Length];
        Encoding.ASCII.GetBytes(type, body);
        data.CopyTo(body.AsSpan(4));

        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, length ?? (uint)data.Length);
        _file.Write(number);
        _file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc ?? Crc32.HashToUInt32(body));
        _file.Write(number);
        return this;
    }

    public PngBuilder Text(string keyword, string text) =>
        Chunk("tEXt", [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(text)]);

    public PngBuilder InternationalText(string keyword, string text, string language = "", string translated = "") => Chunk(
        "iTXt",
        [
            .. Encoding.Latin1.GetBytes(keyword), 0,
            0, 0,
            .. Encoding.ASCII.GetBytes(language), 0,
            .. Encoding.UTF8.GetBytes(translated), 0,
            .. Encoding.UTF8.GetBytes(text),
        ]);

    public PngBuilder CompressedInternationalText(string keyword, ReadOnlySpan<byte> text) =>
        Chunk("iTXt", [.. Encoding.Latin1.GetBytes(keyword), 0, 1, 0, 0, 0, .. Deflate(text)]);

    public PngBuilder CompressedText(string keyword, ReadOnlySpan<byte> text) =>
        Chunk("zTXt", [.. Encoding.Latin1.GetBytes(keyword), 0, 0, .. Deflate(text)]);

    public PngBuilder Raw(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        return this;
    }

    public PngBuilder End() => Chunk("IEND", []);

    public byte[] ToArray() => _file.ToArray();

    public static byte[] Deflate(ReadOnlySpan<byte> data)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return buffer.ToArray();
    }
}
