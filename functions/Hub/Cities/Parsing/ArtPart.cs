using CitiesOfLearning.OpenBadges.Images;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>Pictures: named by their file, checked once here so that they can be baked, mailed and served for years.</summary>
internal static class ArtPart
{
    // A picture goes into every message and every baked badge.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>A badge's <c>art</c>: <c>{ "png", "svg", "alt" }</c>, the files beside the badge.</summary>
    public static BadgeArt? Badge(JsonPart part, Reading reading)
    {
        var alt = part.Localized("alt", 300);
        var png = File(part, reading, "png", "badges/", "image/png", alt, required: true);
        var svg = File(part, reading, "svg", "badges/", "image/svg+xml", alt, required: false);
        return png is null ? null : new(png, svg);
    }

    /// <summary>The city's <c>image</c>: <c>{ "png", "alt" }</c>.</summary>
    public static ImageFile? City(JsonPart part, Reading reading) =>
        File(part, reading, "png", "", "image/png", part.Localized("alt", 300), required: true);

    private static ImageFile? File(
        JsonPart part,
        Reading reading,
        string member,
        string folder,
        string mediaType,
        LocalizedText alt,
        bool required)
    {
        if (part.OptionalText(member, 60, required) is not { } name)
        {
            return null;
        }

        if (!reading.Files.ByPath.TryGetValue(folder + name, out var bytes))
        {
            part.Report(member, $"there is no file {folder}{name}");
            return null;
        }

        var art = ArtCheck.Check(bytes);
        if (bytes.Length > MaxBytes)
        {
            part.Report(member, $"{folder}{name} is larger than 1 MiB; make it smaller");
        }
        else if (!art.IsClean)
        {
            part.Report(member, $"{folder}{name}: {string.Join(" ", art.Problems.Select(p => p.Reason))}");
        }
        else if (art.MediaType != mediaType)
        {
            part.Report(member, $"{folder}{name} is not {(member == "png" ? "a PNG" : "an SVG")} picture");
        }

        return new(name, mediaType, bytes, alt);
    }
}
