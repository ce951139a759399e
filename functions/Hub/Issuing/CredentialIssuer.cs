using System.Text.Json;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Issuing;

/// <summary>
/// ISSUE: draft ▶ rules ▶ record intent ▶ sign ▶ store ▶ bake. Every step may be repeated: what was stored first is used again, and a
/// picture that is not there is baked when it is asked for.
/// </summary>
public sealed partial class CredentialIssuer(
    AwardTable awards,
    CityDirectory cities,
    PublishedAchievements badges,
    StatusEntryTable statusEntries,
    StatusLists statusLists,
    BadgePictures pictures,
    Stewardship stewardship,
    StatusPublisher publisher,
    ICredentialSigner signer,
    HubStorage storage,
    HubIds ids,
    HubUrls urls,
    Postpone postpone,
    TimeProvider time,
    ILogger<CredentialIssuer> logger)
{
    /// <summary>Handles one message of queue awards.</summary>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        postpone.HandleAsync(AwardMessage.Read(message), HandleAsync, cancellationToken);

    private async Task HandleAsync(AwardMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case AwardMessage.Issue { Award: var id } when await awards.FindAsync(id, cancellationToken) is { } award:
                await IssueAsync(award, cancellationToken);
                break;
            case AwardMessage.PublishStatus { Award: var id } when await awards.FindAsync(id, cancellationToken) is { } award:
                await stewardship.RepairAsync(award, cancellationToken);
                await TellAsync(award, cancellationToken); // resumed before its message was sent
                break;
            default:
                Log.UnknownAward(logger);
                break;
        }
    }

    private async Task IssueAsync(Award award, CancellationToken cancellationToken)
    {
        if (award.WantsIssue)
        {
            award = await SignAsync(award, cancellationToken);
        }
        else
        {
            // The process may have died between the row and the picture.
            await pictures.FindAsync(award, "png", cancellationToken);
        }

        // A steward changed it before it was issued, and the lists do not say so yet.
        if (award is { Status: not null, Standing: not AwardStanding.Good })
        {
            await publisher.PublishAsync(award, cancellationToken);
        }

        await TellAsync(award, cancellationToken);
    }

    // Told again while it waits: the process may have died between the row and the message.
    private async Task TellAsync(Award award, CancellationToken cancellationToken)
    {
        if (award.WantsMail)
        {
            await storage.SendAsync(new AwardChange(award.Id, AwardEventKind.Issued, award.Events), cancellationToken);
        }
    }

    private async Task<Award> SignAsync(Award award, CancellationToken cancellationToken)
    {
        var badge = await badges.FindAsync(award.City, award.Badge, award.BadgeVersion, award.Language, cancellationToken)
            ?? throw new InvalidOperationException($"{award.City}/{award.Badge} version {award.BadgeVersion} was never published.");

        var city = await CityAsync(award.City, cancellationToken);
        award = award.Intent is null ? await RecordIntentAsync(award, city, badge, cancellationToken) : award;
        if (!award.WantsIssue)
        {
            return award; // revoked, or issued by somebody else, meanwhile
        }

        // Each form from the one checked record, with one call to the signer for each.
        var intent = CheckedCredential.Badge(award.Intent, award.City, award.Id, urls);
        var signed = new SignedForms(
            await CredentialSigning.JwtAsync(intent, city.Proofs.Jwt, signer, urls, cancellationToken),
            await CredentialSigning.ProofAsync(intent, city.Proofs.Embedded, signer, urls, time.GetUtcNow(), cancellationToken));
        var issued = await awards.IssueAsync(award, signed, time.GetUtcNow(), cancellationToken);
        if (issued is Transition.Changed)
        {
            await pictures.KeepPngAsync(award, city, badge, signed, cancellationToken);
            Log.Issued(logger, award.Id);
        }

        return issued.Award;
    }

    private async Task<City> CityAsync(CityId city, CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) ?? throw new InvalidOperationException($"There is no city {city}.");

    // The checked, unsigned credential and its status index are stored before the signer is called; a crash after signing signs the
    // same record again.
    private async Task<Award> RecordIntentAsync(
        Award award, City city, PublishedAchievement badge, CancellationToken cancellationToken)
    {
        var (list, index) = await statusEntries.AllocateAsync(award.City, city.Identifier, award.Id, cancellationToken);
        var status = new StatusListEntry(list, index);
        await statusLists.EnsureAsync(award.City, list, cancellationToken);
        var recorded = await awards.ChangeAsync(
            award,
            now =>
            {
                var credential = CheckedCredential.Badge(
                    CredentialWriter.Write(Draft(now, city, badge, status), urls), now.City, now.Id, urls);
                return now.RecordIntent(status, credential.Payload.ToArray());
            },
            cancellationToken);
        return recorded.Award;
    }

    private CredentialDraft Draft(Award award, City city, PublishedAchievement badge, StatusListEntry status)
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
            CredentialResult.Of(achievement.RootElement, award.Score),
            status.List,
            status.Index);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Issued {AwardId}")]
        public static partial void Issued(ILogger logger, AwardId awardId);

        [LoggerMessage(Level = LogLevel.Error, Message = "A message names an award that does not exist; dropped")]
        public static partial void UnknownAward(ILogger logger);
    }
}
