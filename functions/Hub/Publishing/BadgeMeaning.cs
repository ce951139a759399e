using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// A digest of all that a reader of a badge class can see in one language. It leaves out the hub's address and the form of the document,
/// which may change without the badge meaning anything else; and who may award it, which has dates of its own.
/// </summary>
internal static class BadgeMeaning
{
    /// <summary>Lower-case hex SHA-256.</summary>
    public static string Of(City city, BadgeClass badge, string language)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(badge.Name.In(language), badge.Description.In(language), badge.Criteria.In(language), badge.CriteriaUrl, badge.AchievementType);
        AddList([.. badge.Tags.Select(t => t.In(language))]);
        foreach (var entry in badge.SpineCodes.Select(code => city.Spine.First(e => e.Code == code)))
        {
            Add(entry.Code, entry.Framework, entry.Name.In(language), entry.Description?.In(language), entry.Url);
        }

        Add(
            badge.Art.Png.Alt.In(language),
            HubIds.ContentHash(badge.Art.Png.Bytes),
            badge.Art.Svg is { } svg ? HubIds.ContentHash(svg.Bytes) : null);
        Add(badge.Result?.Id, badge.Result?.Name.In(language), badge.Result?.ResultType, badge.Result?.ValueMin, badge.Result?.ValueMax);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void AddList(IReadOnlyList<string> values)
        {
            Add(values.Count.ToString(CultureInfo.InvariantCulture));
            Add([.. values]);
        }

        // The length in front keeps ("ab", "c") apart from ("a", "bc"); -1 keeps nothing apart from the empty text.
        void Add(params ReadOnlySpan<string?> values)
        {
            Span<byte> length = stackalloc byte[4];
            foreach (var value in values)
            {
                var bytes = value is null ? [] : Encoding.UTF8.GetBytes(value);
                BinaryPrimitives.WriteInt32BigEndian(length, value is null ? -1 : bytes.Length);
                hash.AppendData(length);
                hash.AppendData(bytes);
            }
        }
    }
}
