using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>A city's definition as its stewards wrote it: the bytes of each file by its path in the folder, with forward slashes.</summary>
public sealed class CityFiles(IEnumerable<KeyValuePair<string, byte[]>> files)
{
    // The same at any time, so that a definition always makes the same archive.
    private static readonly DateTimeOffset Undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where people keep rosters beside a city's definition. They hold people, and are never part of it.</summary>
    public const string Rosters = "rosters/";

    public IReadOnlyDictionary<string, byte[]> ByPath { get; } = new SortedDictionary<string, byte[]>(
        files.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Lower-case hex SHA-256 over paths and contents in order; lengths keep a path apart from its content.</summary>
    public string Version()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in ByPath)
        {
            Append(Encoding.UTF8.GetBytes(path));
            Append(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(byte[] bytes)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }

    public byte[] ToZip()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in ByPath)
            {
                var entry = zip.CreateEntry(path);
                entry.LastWriteTime = Undated;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Reads what <see cref="ToZip"/> wrote; the hub's own archives only, so nothing is limited here.</summary>
    internal static CityFiles FromZip(Stream archive)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
        return new(zip.Entries.Select(entry =>
        {
            using var content = entry.Open();
            var bytes = new byte[entry.Length];
            content.ReadExactly(bytes);
            return KeyValuePair.Create(entry.FullName, bytes);
        }).ToList());
    }

    /// <summary>
    /// Every file under the folder, but for rosters. What an editor or the system hid there (a name with a dot in front) is left out.
    /// </summary>
    public static CityFiles FromFolder(string folder) => new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
        .Where(f => !f.Path.StartsWith(Rosters, StringComparison.Ordinal) && !f.Path.Split('/').Any(part => part.StartsWith('.')))
        .Select(f => KeyValuePair.Create(f.Path, File.ReadAllBytes(f.File))));
}
