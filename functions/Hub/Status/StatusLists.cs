using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Status;

/// <summary>
/// Publishes a city's status lists: Bitstring Status List credentials in blob container public, at the path of their address, signed in the
/// ways that the city chose for its badges, since whoever can check a badge can check its list.
/// https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential
/// </summary>
public sealed partial class StatusLists(
    HubStorage storage,
    StatusEntryTable entries,
    CityDirectory cities,
    ICredentialSigner signer,
    HubUrls urls,
    IOptions<HubOptions> options,
    TimeProvider time,
    ILogger<StatusLists> logger)
{
    private const string MediaType = "text/plain; charset=utf-8";

    /// <summary>How long a list may be believed after it was signed.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(3);

    // A list that is read is signed again when it is this old; so is one that only those read who cannot sign, by the hourly sweep.
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, bool> _published = new(StringComparer.Ordinal);

    /// <summary>Signs and publishes the list as its entries are now: when it is new, and when it grows old.</summary>
    public async Task PublishAsync(CityId city, string purpose, int number, CancellationToken cancellationToken)
    {
        var blob = storage.PublicBlobs.GetBlobClient(BlobName(city, purpose, number));
        while (true)
        {
            // The version is read before the entries: if another instance publishes newer entries meanwhile, this upload fails and
            // starts again, so a list never goes back in time.
            var existing = await blob.ExistsAsync(cancellationToken)
                ? (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag
                : (ETag?)null;
            var bits = await entries.BitsAsync(city, purpose, number, cancellationToken);
            if (await UploadAsync(blob, city, purpose, number, bits, existing, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Changes single bits of the published list, without asking for the entries of all the others.</summary>
    /// <param name="change">Sets bits as they are to be now, and says whether it changed one; again, if another instance was quicker.
    /// </param>
    /// <returns>Whether it was published anew.</returns>
    public async Task<bool> SetAsync(
        CityId city, string purpose, int number, Func<StatusListBits, Task<bool>> change, CancellationToken cancellationToken)
    {
        var blob = storage.PublicBlobs.GetBlobClient(BlobName(city, purpose, number));
        while (true)
        {
            var published = await blob.DownloadIfExistsAsync(cancellationToken);
            var bits = published is null || Bits(published.Content.ToArray()) is not { } known
                ? await entries.BitsAsync(city, purpose, number, cancellationToken)
                : known;
            if (!await change(bits))
            {
                return false;
            }

            if (await UploadAsync(blob, city, purpose, number, bits, published?.Details.ETag, cancellationToken))
            {
                return true;
            }
        }
    }

    /// <summary>The published list; null if the city has no such list.</summary>
    public async Task<PublishedStatusList?> FindAsync(CityId city, string purpose, int number, CancellationToken cancellationToken)
    {
        var blob = storage.PublicBlobs.GetBlobClient(BlobName(city, purpose, number));
        var found = await blob.DownloadIfExistsAsync(cancellationToken);
        if (found is not null
            && !options.Value.VerifiesOnly
            && IsOld(found.Details.LastModified)
            && await RenewAsync(city, purpose, number, cancellationToken))
        {
            found = await blob.DownloadIfExistsAsync(cancellationToken);
        }

        return found is null ? null : PublishedStatusList.Read(found.Content.ToArray());
    }

    /// <summary>Signs again whichever of the city's lists are old.</summary>
    public async Task RenewAsync(CityId city, CancellationToken cancellationToken)
    {
        var blobs = storage.PublicBlobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, BlobFolder(city), cancellationToken);
        await foreach (var blob in blobs)
        {
            if (IsOld(blob.Properties.LastModified)
                && blob.Name[BlobFolder(city).Length..].Split('-') is [var purpose, var text]
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                await RenewAsync(city, purpose, number, cancellationToken);
            }
        }
    }

    private bool IsOld(DateTimeOffset? published) => time.GetUtcNow() - published > Renewal;

    private async Task<bool> RenewAsync(CityId city, string purpose, int number, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(city, purpose, number, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What is published may still be believed for two days; whoever reads it sees until when.
            Log.NotRenewed(logger, city, purpose, number, e);
            return false;
        }
    }

    /// <summary>Makes sure that the lists an award is about to point to exist.</summary>
    public async Task EnsureAsync(CityId city, int number, CancellationToken cancellationToken)
    {
        foreach (var purpose in StatusPurposes.All)
        {
            var name = BlobName(city, purpose, number);
            if (_published.ContainsKey(name))
            {
                continue;
            }

            if (!await storage.PublicBlobs.GetBlobClient(name).ExistsAsync(cancellationToken))
            {
                await PublishAsync(city, purpose, number, cancellationToken);
            }

            _published[name] = true;
        }
    }

    private async Task<bool> UploadAsync(
        BlobClient blob,
        CityId city,
        string purpose,
        int number,
        StatusListBits bits,
        ETag? read,
        CancellationToken cancellationToken)
    {
        var credential = CheckedCredential.StatusList(Write(city, purpose, number, bits), city, purpose, number, urls);
        var proofs = (await cities.FindAsync(city, cancellationToken))?.Proofs ?? CityProofs.Default;
        var embedded = await CredentialSigning.ProofAsync(
            credential, proofs.Embedded, signer, urls, time.GetUtcNow(), cancellationToken);
        var list = new PublishedStatusList(
            await CredentialSigning.JwtAsync(credential, proofs.Jwt, signer, urls, cancellationToken),
            BadgeDisclosure.Show(embedded, BadgeDisclosure.Everything));
        return await blob.UploadIfUnchangedAsync(list.Write(), MediaType, read, cancellationToken);
    }

    private static StatusListBits? Bits(byte[] published)
    {
        using var document = VcJwt.Read(PublishedStatusList.Read(published).Jwt) is { } jwt ? CredentialJson.TryParse(jwt.Payload) : null;
        return document?.RootElement.Member("credentialSubject")?.Text("encodedList") is { } encoded
            && StatusListBits.TryDecode(encoded, out var bits, out _)
                ? bits
                : null;
    }

    private byte[] Write(CityId city, string purpose, int number, StatusListBits bits)
    {
        var (id, issuer) = (urls.StatusList(city, purpose, number), urls.Issuer(city, IssuerSchemes.OfList(number)));
        var from = time.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        OpenBadgesJson.WriteList(json, "@context", [ContextAddresses.Credentials]);
        json.WriteString("id", id);
        OpenBadgesJson.WriteList(json, "type", ["VerifiableCredential", "BitstringStatusListCredential"]);
        json.WriteString("issuer", issuer);
        json.WriteString("validFrom", DateTimeStamp.Write(from));
        json.WriteString("validUntil", DateTimeStamp.Write(from + Validity));
        json.WriteStartObject("credentialSubject");
        json.WriteString("id", id + "#list");
        json.WriteString("type", "BitstringStatusList");
        json.WriteString("statusPurpose", purpose);
        json.WriteString("encodedList", bits.Encode());
        json.WriteEndObject();
        json.WriteString("iss", issuer);
        json.WriteString("jti", id);
        json.WriteNumber("nbf", from.ToUnixTimeSeconds());
        json.WriteNumber("exp", (from + Validity).ToUnixTimeSeconds());
        json.WriteString("sub", id + "#list");
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string BlobName(CityId city, string purpose, int number) => $"{BlobFolder(city)}{purpose}-{number}";

    private static string BlobFolder(CityId city) => $"cities/{city}/status/";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Status list {Purpose}-{Number} of {City} could not be signed again")]
        public static partial void NotRenewed(ILogger logger, CityId city, string purpose, int number, Exception exception);
    }
}
