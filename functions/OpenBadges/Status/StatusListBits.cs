using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace CitiesOfLearning.OpenBadges.Status;

/// <summary>
/// The bits of a Bitstring Status List: index 0 is the most significant bit of byte 0.
/// https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-encoding
/// </summary>
public sealed class StatusListBits
{
    /// <summary>§3.2: the smallest list that gives a holder a crowd to hide in, 16 KiB. A list made here has this length.</summary>
    public const int MinimumLength = 131_072;

    private const int MaxInflatedBytes = 2 * 1024 * 1024;

    // gzip of bytes that cannot be compressed is 0.1 % longer than they are.
    private const int MaxEncodedLength = (MaxInflatedBytes + 4096) / 3 * 4;

    // .NET's decoder also takes blanks and padding, which this encoding does not have.
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly byte[] _bytes;

    /// <summary>A list of the minimum length with no bit set.</summary>
    public StatusListBits()
        : this(new byte[MinimumLength / 8])
    {
    }

    private StatusListBits(byte[] bytes) => _bytes = bytes;

    /// <summary>The number of entries.</summary>
    public int Length => _bytes.Length * 8;

    /// <summary>
    /// Whether it has fewer entries than it must (§3.2: STATUS_LIST_LENGTH_ERROR): that a bit is set is still its issuer's word, that none
    /// is says nothing.
    /// </summary>
    public bool IsShort => Length < MinimumLength;

    /// <summary>Whether the entry's bit is set.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The list has no such entry.</exception>
    public bool Get(int index)
    {
        CheckRange(index);
        return (_bytes[index >> 3] & Mask(index)) != 0;
    }

    /// <summary>Sets the entry's bit, or takes it back.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">What it is to be.</param>
    /// <exception cref="ArgumentOutOfRangeException">The list has no such entry.</exception>
    public void Set(int index, bool value)
    {
        CheckRange(index);
        if (value)
        {
            _bytes[index >> 3] |= Mask(index);
        }
        else
        {
            _bytes[index >> 3] &= (byte)~Mask(index);
        }
    }

    /// <summary>
    /// §3.3 Bitstring generation: gzip, then multibase base64url without padding. The same bits always give the same text.
    /// </summary>
    public string Encode()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(_bytes);
        }

        var compressed = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        compressed[9] = 3; // RFC 1952 OS byte: otherwise it names the system this runs on, and the ETag would change with it
        return "u" + Base64Url.EncodeToString(compressed);
    }

    /// <summary>
    /// §3.4 Bitstring expansion, of a list that came from outside: refuses rather than inflate more than 2 MiB. It may be short.
    /// </summary>
    /// <param name="encodedList">The credential's <c>encodedList</c>.</param>
    /// <param name="bits">The list, when it returns true.</param>
    /// <param name="problem">In plain English, when it returns false.</param>
    public static bool TryDecode(
        string encodedList, [NotNullWhen(true)] out StatusListBits? bits, [NotNullWhen(false)] out string? problem)
    {
        bits = null;
        if (encodedList is not ['u', ..] || encodedList.Length > MaxEncodedLength || encodedList.AsSpan().ContainsAnyExcept(Alphabet))
        {
            problem = "The status list is not base64url without padding (multibase prefix u), or too long.";
            return false;
        }

        var decoded = new byte[Base64Url.GetMaxDecodedLength(encodedList.Length - 1)];
        if (Base64Url.DecodeFromChars(encodedList.AsSpan(1), decoded, out _, out var length) != OperationStatus.Done)
        {
            problem = "The status list is not base64url.";
            return false;
        }

        var bytes = BoundedInflate.GZip(decoded.AsMemory(0, length), MaxInflatedBytes, out var tooLarge);
        problem = tooLarge ? "The status list unpacks to more than 2 MiB."
            : bytes is null ? "The status list is not gzip."
            : bytes.Length == 0 ? "The status list has no entries."
            : null;
        bits = problem is null ? new StatusListBits(bytes!) : null;
        return bits is not null;
    }

    private static byte Mask(int index) => (byte)(0x80 >> (index & 7));

    private void CheckRange(int index) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length, nameof(index));
}
