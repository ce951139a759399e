using System.Globalization;
using System.Text.Json;

namespace CitiesOfLearning.JsonLd.ToRdf;

/// <summary>How a JSON number is written as a literal (https://www.w3.org/TR/json-ld11-api/#data-round-tripping).</summary>
internal static class NumberLiteral
{
    public const string XsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
    public const string XsdDouble = "http://www.w3.org/2001/XMLSchema#double";
    public const string XsdInteger = "http://www.w3.org/2001/XMLSchema#integer";

    private const double LargestInteger = 1e21;

    /// <returns>Null for a number that no double holds.</returns>
    public static (string Text, string Datatype)? Write(JsonElement number, string? datatype)
    {
        var value = number.GetDouble();
        if (!double.IsFinite(value))
        {
            return null;
        }

        return value != Math.Truncate(value) || Math.Abs(value) >= LargestInteger || datatype == XsdDouble
            ? (Double(value), datatype ?? XsdDouble)
            : (Integer(value), datatype ?? XsdInteger);
    }

    private static string Integer(double value) => value == 0 ? "0" : value.ToString("F0", CultureInfo.InvariantCulture);

    // printf "%1.15E" without the zeros that say nothing: 5.5E0.
    private static string Double(double value)
    {
        var text = value.ToString("E15", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = text.AsSpan(0, e).TrimEnd('0');
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}{(mantissa[^1] == '.' ? "0" : "")}E{exponent}");
    }
}
