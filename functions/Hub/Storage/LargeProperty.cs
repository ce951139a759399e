using System.Globalization;
using Azure.Data.Tables;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// Bytes of a table row that may be more than one property holds (64 KiB): the rest stands in further properties, <c>Name2</c>,
/// <c>Name3</c> … A row holds 1 MiB in all.
/// </summary>
internal static class LargeProperty
{
    private const int MaxBytes = 64 * 1024;

    public static void Write(TableEntity row, string name, ReadOnlySpan<byte> content)
    {
        for (var part = 1; part == 1 || !content.IsEmpty; part++)
        {
            var length = Math.Min(content.Length, MaxBytes);
            row[Name(name, part)] = content[..length].ToArray();
            content = content[length..];
        }
    }

    /// <summary>What was written; null if nothing was.</summary>
    public static byte[]? Read(TableEntity row, string name)
    {
        if (row.GetBinary(name) is not { } first)
        {
            return null;
        }

        var parts = new List<byte[]> { first };
        while (row.GetBinary(Name(name, parts.Count + 1)) is { } next)
        {
            parts.Add(next);
        }

        return parts.Count == 1 ? first : [.. parts.SelectMany(p => p)];
    }

    private static string Name(string name, int part) =>
        part == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{part}");
}
