using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Issuing;

/// <summary>
/// ISSUE: draft ▶ rules ▶ record intent ▶ sign ▶ bake ▶ store. Every step may be repeated: what was stored first is used again.
/// </summary>
public sealed partial class CredentialIssuer(
    AwardTable awards,
    CityDirectory cities,
    PublishedAchievements badges,
    StatusEntryTable statusEntries,
    StatusLists statusLists,
    AwardFiles files,
    Stewardship stewardship,
    ICredentialSigner signer,
    HubStorage storage,
    HubIds ids,
    HubUrls urls,
    TimeProvider time,
    ILogger<CredentialIssuer> logger)
{
    /// <summary>Handles one message of queue awards.</summary>
    public async Task HandleAsync(string message, CancellationToken cancellationToken)
    {
        var award = await awards.FindAsync(AwardMessage.Read(message).Award, cancellationToken);
        if (award is null)
        {
            Log.UnknownAward(logger);
            return;
        }

        if (award.State == AwardState.Decided)
        {
            award = await IssueAsync(award, cancellationToken);
        }

        // A steward changed it, perhaps before it was issued, and the lists may not say so yet.
        if (award.History.Any(e => e.What is "revoked" or "suspended" or "resumed"))
        {
            await stewardship.PublishStandingAsync(award, cancellationToken);
        }

        // Asked again while it waits: the process may have died between the row and the message.
        if (award is { State: AwardState.Issued, Standing: AwardStanding.Good })
        {
            await storage.MailMessages.SendMessageAsync(new AwardMessage(award.Id).Write(), cancellationToken);
        }
    }

    private async Task<Award> IssueAsync(Award award, CancellationToken cancellationToken)
    {
        var badge = await badges.FindAsync(award.City, award.Badge, award.BadgeVersion, award.Language, cancellationToken)
            ?? throw new InvalidOperationException($"{award.City}/{award.Badge} version {award.BadgeVersion} was never published.");

        // Each form from the one checked record, with one call to the signer for each.
        var city = await CityAsync(award.City, cancellationToken);
        var intent = await IntentAsync(award, city, badge, cancellationToken);
        var jwt = await FirstAsync(
            award.Id,
            BadgeForm.Jwt,
            () => CredentialSigning.JwtAsync(intent, city.Proofs.Jwt, signer, urls, cancellationToken),
            cancellationToken);
        var embedded = await FirstAsync(
            award.Id,
            BadgeForm.Embedded,
            () => CredentialSigning.ProofAsync(intent, city.Proofs.Embedded, signer, urls, time.GetUtcNow(), cancellationToken),
            cancellationToken);

        var baked = city.Proofs.BakesJwt ? jwt : BadgeDisclosure.Show(embedded, BadgeDisclosure.Everything);
        await files.WriteAsync(award.Id, BadgeForm.Png, BadgeImage.Bake(badge.Png, baked), cancellationToken);
        if (badge.Svg is not null)
        {
            await files.WriteAsync(award.Id, BadgeForm.Svg, BadgeImage.Bake(badge.Svg, baked), cancellationToken);
        }

        var issued = await awards.ChangeAsync(
            award.Id,
            now => now.State == AwardState.Decided ? awards.Record(now, "issued") with { State = AwardState.Issued } : null,
            cancellationToken);
        Log.Issued(logger, award.Id);
        return issued!;
    }

    // Signed once: whatever was stored first is the badge.
    private async Task<byte[]> FirstAsync(AwardId awardId, BadgeForm form, Func<Task<byte[]>> sign, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(awardId, form, cancellationToken) is { } stored)
        {
            return stored;
        }

        var signed = await sign();
        return await files.WriteAsync(awardId, form, signed, cancellationToken)
            ? signed
            : (await files.ReadAsync(awardId, form, cancellationToken))!;
    }

    private async Task<City> CityAsync(CityId city, CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) ?? throw new InvalidOperationException($"There is no city {city}.");

    // The checked, unsigned credential and its status index are stored before the signer is called; a crash after signing signs the
    // same record again.
    private async Task<CheckedCredential> IntentAsync(
        Award award, City city, PublishedAchievement badge, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(award.Id, BadgeForm.Unsigned, cancellationToken) is { } stored)
        {
            return CheckedCredential.Badge(stored, award.City, award.Id, urls);
        }

        if (award.StatusIndex is null)
        {
            var (list, index) = await statusEntries.AllocateAsync(award.City, award.Id, cancellationToken);
            var allocated = await awards.ChangeAsync(
                award.Id, now => now.StatusIndex is null ? now with { StatusList = list, StatusIndex = index } : null, cancellationToken);
            award = allocated!;
        }

        await statusLists.EnsureAsync(award.City, award.StatusList!.Value, cancellationToken);
        var payload = CredentialWriter.Write(Draft(award, city, badge), urls);
        var credential = CheckedCredential.Badge(payload, award.City, award.Id, urls);
        return await files.WriteAsync(award.Id, BadgeForm.Unsigned, payload, cancellationToken)
            ? credential
            : CheckedCredential.Badge(
                (await files.ReadAsync(award.Id, BadgeForm.Unsigned, cancellationToken))!, award.City, award.Id, urls);
    }

    private CredentialDraft Draft(Award award, City city, PublishedAchievement badge)
    {
        using var achievement = JsonDocument.Parse(badge.Achievement);
        var provider = city.Providers[award.Provider];
        return new CredentialDraft(
            award.Id,
            city.Id,
            city.Name.In(award.Language),
            city.Url,
            achievement.RootElement.GetProperty("name").GetString()!,
            ids.SubjectId(award.Id),
            badge.Achievement,
            new CredentialProvider(urls.Provider(city.Id, provider.Id), provider.Name.In(award.Language), provider.Url),
            DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()),
            award.AchievedAt,
            award.Evidence,
            Result(award, achievement.RootElement),
            award.StatusList!.Value,
            award.StatusIndex!.Value);
    }

    // Open Badges 3.0 ResultType Percent: 0 to 100.
    private static CredentialResult? Result(Award award, JsonElement achievement) =>
        award.Score is { } score
            && achievement.TryGetProperty("resultDescription", out var descriptions)
            && descriptions.GetArrayLength() > 0
            ? new CredentialResult(
                descriptions[0].GetProperty("id").GetString()!, Math.Round(score * 100, 2).ToString(CultureInfo.InvariantCulture))
            : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Issued {AwardId}")]
        public static partial void Issued(ILogger logger, AwardId awardId);

        [LoggerMessage(Level = LogLevel.Error, Message = "A message names an award that does not exist; dropped")]
        public static partial void UnknownAward(ILogger logger);
    }
}
