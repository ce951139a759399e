using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Tests.Publishing;

public sealed class KeyDocumentsTests
{
    private const int Cities = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_key_set_has_every_city_of_a_hundred_and_takes_as_long_as_the_slowest()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        var zip = Sample.Files("brighton").ToZip();
        await Parallel.ForAsync(0, Cities - 1, Cancel, async (i, cancel) =>
        {
            await hub.Storage.CityBlobs.UploadBlobAsync($"city-{i}/v.zip", BinaryData.FromBytes(zip), cancel);
            await hub.Storage.CityBlobs.UploadBlobAsync($"_active/city-{i}", BinaryData.FromString("v"), cancel);
        });
        await hub.Directory.LookAsync(Cancel);
        var signer = new SlowSigner();
        var documents = new KeyDocuments(hub.Directory, signer, hub.Urls);
        var began = TimeProvider.System.GetTimestamp();

        var set = await documents.JwksAsync(Cancel);

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(Cities, JsonNode.Parse(set.Body.Span)!["keys"]!.AsArray().Select(k => (string?)k!["iss"]).Distinct().Count());
    }

    private sealed class SlowSigner : ICredentialSigner
    {
        private readonly byte[] _key = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfo();

        public ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is signed.");

        public async ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), cancellationToken);
            return [new SigningKey(city, "1", SigningAlgorithm.ES256, _key, DateTimeOffset.UnixEpoch, null)];
        }

        public ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing is signed.");
    }
}
