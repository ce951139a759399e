namespace CitiesOfLearning.Hub.Cities;

/// <summary>The active cities, from memory; looked up in Blob Storage again when they may have changed.</summary>
public sealed partial class CityDirectory
{
    /// <summary>The city as activated now, or null if there is none of that name.</summary>
    public ValueTask<City?> FindAsync(string city, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Every active city, by id.</summary>
    public ValueTask<IReadOnlyList<City>> AllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
