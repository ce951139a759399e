using System.Buffers;
using System.Text.Unicode;

namespace CitiesOfLearning.JsonLd;

/// <summary>UTF-8 being written into rented memory, which goes back when this is disposed: what must last is copied out first.</summary>
internal sealed class Utf8Buffer(int capacity = 1024) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>False, with nothing appended, if the text holds half of a surrogate pair.</summary>
    public bool TryAppend(ReadOnlySpan<char> text)
    {
        var status = Utf8.FromUtf16(text, Reserve(text.Length * 3), out _, out var written, replaceInvalidSequences: false);
        Length += status == OperationStatus.Done ? written : 0;
        return status == OperationStatus.Done;
    }

    /// <summary>In lower-case hexadecimal digits.</summary>
    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Reserve(bytes.Length * 2), out var written);
        Length += written;
    }

    public void AppendNumber(int value)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(value, Reserve(11), out var written);
        Length += written;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, _bytes.Length * 2));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }
}
