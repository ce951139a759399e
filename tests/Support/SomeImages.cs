namespace CitiesOfLearning.Tests.Support;

/// <summary>Pictures with defaults, for tests that need one and do not care which.</summary>
public static partial class Some
{
    /// <summary>A PNG of noise; the defaults make about 60 kB, the size of a badge.</summary>
    public static byte[] Png(int width = 122, int height = 122, int seed = 7) =>
        new PngBuilder().Header((uint)width, (uint)height).Pixels(width, height, seed).End().ToArray();

    public static string Svg(string content = "<circle cx=\"50\" cy=\"50\" r=\"40\" fill=\"#246\"/>") =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\" " +
        $"viewBox=\"0 0 100 100\">{content}</svg>\n";

    /// <summary>The shape of a signed badge of the usual length, about 3 kB; the signature is noise.</summary>
    public static string CompactJws { get; } =
        $"eyJhbGciOiJFUzI1NiJ9.{string.Concat(Enumerable.Repeat("eyJuYW1lIjoiQWRhIn0", 154))}.{new string('s', 86)}";
}
