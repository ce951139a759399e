using System.Security.Cryptography;

namespace CitiesOfLearning.OpenBadges.Contexts;

/// <summary>A published text of a context, known by its SHA-256.</summary>
internal sealed record PinnedText(string File, string Sha256)
{
    /// <returns>The bytes, if they are this text's.</returns>
    /// <exception cref="InvalidDataException">They are not: the build or the file is broken, and nothing follows from it.</exception>
    public byte[] Checked(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256
        ? bytes
        : throw new InvalidDataException($"{File} is not the published text.");
}
