namespace CitiesOfLearning.Hub.Cities;

/// <summary>One thing that is wrong with a city's definition, and what to do about it.</summary>
/// <param name="File">The file's path in the city's folder, with forward slashes.</param>
/// <param name="Path">A JSON path (<c>$.rules[0].badge</c>) or a line (<c>line 3</c>); empty for the file as a whole.</param>
/// <param name="Message">Plain words.</param>
public sealed record CityError(string File, string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? $"{File}: {Message}" : $"{File}: {Path}: {Message}";
}

/// <summary>A city, or everything that is wrong with its definition.</summary>
/// <param name="Warnings">What a steward should look at, and what is loaded all the same.</param>
public sealed record ParsedCity(City? City, IReadOnlyList<CityError> Errors, IReadOnlyList<CityError> Warnings);
