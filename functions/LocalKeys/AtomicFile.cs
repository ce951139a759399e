using System.Security.Cryptography;

namespace CitiesOfLearning.LocalKeys;

/// <summary>Writes a file so that whoever reads it, or finds it after a crash, sees the whole of it or none.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode = null)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(8)}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(bytes);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
