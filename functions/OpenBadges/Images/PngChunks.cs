using System.Buffers.Binary;

namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>
/// Walks the chunks of a PNG without decoding or copying anything: signature, IHDR first, lengths within the file, a picture, IEND.
/// PNG (Third Edition) §5: https://www.w3.org/TR/png-3/#5DataRep
/// </summary>
internal ref struct PngChunks
{
    /// <summary>Length, type and CRC around a chunk's data.</summary>
    public const int Overhead = 12;

    public const uint Ihdr = 0x49484452;
    public const uint Idat = 0x49444154;
    public const uint Iend = 0x49454E44;
    public const uint Text = 0x74455874;
    public const uint CompressedText = 0x7A545874;
    public const uint InternationalText = 0x69545874;

    private const uint Exif = 0x65584966;
    private const uint Time = 0x74494D45;

    private readonly ReadOnlySpan<byte> _file;
    private int _count;
    private bool _sawPicture;
    private bool _ended;

    public PngChunks(ReadOnlySpan<byte> file) => _file = file;

    /// <summary>The eight bytes every PNG starts with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Set when the walk stopped because the file cannot be read.</summary>
    public ImageProblem? Problem { get; private set; }

    /// <summary>The current chunk's type, big-endian.</summary>
    public uint Type { get; private set; }

    /// <summary>Where the current chunk starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next chunk would start; after the walk, the end of the picture.</summary>
    public int End { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Where the current chunk's data lies in the file.</summary>
    public readonly Range Data => (Start + 8)..(End - 4);

    public readonly bool IsText => Type is Text or CompressedText or InternationalText;

    /// <summary>It says something about the picture and draws nothing.</summary>
    public readonly bool IsNote => IsText || Type is Exif or Time;

    public bool MoveNext()
    {
        if (_ended)
        {
            return false;
        }

        Problem = _count == 0 ? ReadHeader() : ReadChunk();
        _ended = Problem is not null || Type == Iend;
        return Problem is null;
    }

    private ImageProblem? ReadHeader()
    {
        if (_file.Length > ImageLimits.PngBytes)
        {
            return new(ImageProblems.TooLarge, $"The PNG is larger than {ImageLimits.PngBytes / 1024 / 1024} MiB.");
        }

        if (!_file.StartsWith(Signature))
        {
            return new(ImageProblems.UnknownKind, "The file is not a PNG.");
        }

        End = Signature.Length;
        if (ReadChunk() is { } problem)
        {
            return problem;
        }

        // §5.6: IHDR comes first; §11.2.1: 13 bytes, sides from 1 to 2^31-1.
        if (Type != Ihdr || End - Start != 13 + Overhead)
        {
            return Damaged("its header is missing");
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(_file[(Start + 8)..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(_file[(Start + 12)..]);
        if (width is 0 or > ImageLimits.Side || height is 0 or > ImageLimits.Side)
        {
            return new(ImageProblems.Dimensions, $"The picture is {width} × {height} pixels; at most {ImageLimits.Side} a side are read.");
        }

        Width = (int)width;
        Height = (int)height;
        return null;
    }

    private ImageProblem? ReadChunk()
    {
        if (++_count > ImageLimits.PngChunks)
        {
            return new(ImageProblems.TooManyParts, $"The PNG has more than {ImageLimits.PngChunks} parts.");
        }

        if (_file.Length - End < Overhead)
        {
            return Damaged("it ends too early");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_file[End..]);
        if (length > (uint)(_file.Length - End - Overhead))
        {
            return Damaged("one of its parts claims to be longer than the file");
        }

        Start = End;
        Type = BinaryPrimitives.ReadUInt32BigEndian(_file[(Start + 4)..]);
        End = Start + Overhead + (int)length;
        _sawPicture |= Type == Idat;

        return Type switch
        {
            Ihdr when _count > 1 => Damaged("it has two headers"),
            Iend when length != 0 || !_sawPicture => Damaged("it holds no picture"),
            _ when IsText && length > ImageLimits.TextBytes => new(
                ImageProblems.TextTooLarge, $"The PNG holds a text of more than {ImageLimits.TextBytes / 1024 / 1024} MiB."),
            _ => null,
        };
    }

    private static ImageProblem Damaged(string how) => new(ImageProblems.Damaged, $"The PNG is damaged: {how}.");
}
