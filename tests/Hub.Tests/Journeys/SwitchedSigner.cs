using System.Net.Sockets;
using Azure;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>A signer whose vault can be out of reach.</summary>
internal sealed class SwitchedSigner(ICredentialSigner signer) : ICredentialSigner
{
    private int _signatures;

    public Func<bool> IsAway { get; set; } = () => false;

    public int Signatures => _signatures;

    /// <summary>What a signature waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken) =>
        signer.CurrentKeyAsync(city, algorithm, cancellationToken);

    public ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken) =>
        signer.KeysAsync(city, cancellationToken);

    public async ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _signatures);
        await Gate;
        return IsAway() ? throw Refused() : await signer.SignAsync(key, digest, cancellationToken);
    }

    // What the SDK throws when nobody listened four times.
    private static AggregateException Refused() => new(
        "Retry failed after 4 tries.",
        Enumerable.Repeat(new RequestFailedException(0, "Connection refused", null, new SocketException()), 4));
}
