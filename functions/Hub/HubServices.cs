using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.OpenBadges.Proofs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub;

/// <summary>
/// The hub's services, but for the <see cref="ICredentialSigner"/>: functions/LocalKeys and functions/KeyVault each add theirs.
/// </summary>
public static class HubServices
{
    public static IHostApplicationBuilder AddHub(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<HubOptions>().Bind(builder.Configuration.GetSection("Hub")).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<HubOptions>>(HubOptionsValidator.Laptop);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        AddStorage(services);

        // In the order of the flow.
        services.AddSingleton<SourceSecrets>().AddSingleton<WebhookVerifier>().AddSingleton<Inbox>().AddSingleton<WebhookReceiver>();
        services.AddSingleton<DeliveryTable>().AddSingleton<AwardRules>().AddSingleton<DeliveryHandler>();
        services.AddSingleton<IdentifierTable>().AddSingleton<LearnerResolver>().AddSingleton<RosterUpload>();
        services.AddSingleton<QuestionTable>().AddSingleton<QuestionAnswers>().AddSingleton<LearnerSearch>();
        services.AddSingleton<LearnerTable>().AddSingleton<AwardTable>().AddSingleton<AwardBook>().AddSingleton<Stewardship>();
        services.AddSingleton<StatusEntryTable>().AddSingleton<StatusLists>().AddSingleton<StatusPublisher>();
        services.AddSingleton<BadgePictures>().AddSingleton<CredentialIssuer>();
        services.AddSingleton<MailPace>().AddSingleton<ClaimMailer>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<GraphMail>(s, GraphMail.CreateClient()));
        services.AddSingleton<ClaimTokens>().AddSingleton<SlipTable>().AddSingleton<AttemptLimits>();
        services.AddSingleton<ClaimService>().AddSingleton<HolderAccess>();
        services.AddSingleton<StatusReader>().AddSingleton<AuthorityChecker>();
        services.AddSingleton(_ => FetchNetwork.Internet(FetchNetwork.SystemDns()));
        services.AddSingleton(s => new DocumentFetcher(
            s.GetRequiredService<FetchNetwork>(), s.GetRequiredService<HubUrls>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IssuerDocuments>().AddSingleton<HostKeys>().AddSingleton<IssuerKeys>();
        services.AddSingleton<ProofVerifier>().AddSingleton<IssuerDirectory>();
        services.AddSingleton<BadgeVerifier>().AddSingleton<VerificationDesk>();
        services.AddSingleton<HubUrls>(s => new HubUrls(s.GetRequiredService<IOptions<HubOptions>>()));
        services.AddHostedService<KeyRefresh>();
        services.AddSingleton<KeyDocuments>().AddSingleton<PublishedAchievements>().AddSingleton<BadgePublisher>();
        services.AddSingleton(_ => new CityParser(SourceProfiles.Ids.ToHashSet())).AddSingleton<CityStore>().AddSingleton<CityDirectory>();
        services.AddSingleton<DeadLetters>().AddSingleton<Sweep>().AddSingleton<Readiness>();
        return builder;
    }

    // AzureWebJobsStorage, as the Functions host reads it: a connection string, or an account name to be reached by identity. An app that
    // may not write what the hub has needs an account of its own for the host.
    private static void AddStorage(IServiceCollection services)
    {
        services.AddSingleton<HubIds>().AddSingleton<PersonalData>().AddSingleton<HubStorage>();
        services.AddSingleton<Postpone>().AddSingleton<QueueWatch>();
        services.AddSingleton(s => Client(
            s,
            new TableClientOptions(),
            (text, o) => new TableServiceClient(text, o),
            (account, credential, o) => new TableServiceClient(Endpoint(account, "table"), credential, o)));
        services.AddSingleton(s => Client(
            s,
            new BlobClientOptions(),
            (text, o) => new BlobServiceClient(text, o),
            (account, credential, o) => new BlobServiceClient(Endpoint(account, "blob"), credential, o)));
        services.AddSingleton(s => Client(
            s,
            QueueOptions(),
            (text, o) => new QueueServiceClient(text, o),
            (account, credential, o) => new QueueServiceClient(Endpoint(account, "queue"), credential, o)));
    }

    private static TClient Client<TClient, TOptions>(
        IServiceProvider services,
        TOptions options,
        Func<string, TOptions, TClient> byText,
        Func<string, TokenCredential, TOptions, TClient> byIdentity)
        where TOptions : ClientOptions
    {
        // Whoever runs the hub may have something to say about each request, as tests of failing storage do.
        foreach (var policy in services.GetServices<HttpPipelinePolicy>())
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        var configuration = services.GetRequiredService<IConfiguration>();
        return (configuration["Hub:StorageAccount"] ?? configuration["AzureWebJobsStorage:accountName"]) is { } account
            ? byIdentity(account, services.GetRequiredService<TokenCredential>(), options)
            : configuration["AzureWebJobsStorage"] is { Length: > 0 } text ? byText(text, options)
            : throw new InvalidOperationException(
                "Set AzureWebJobsStorage (a connection string) or AzureWebJobsStorage__accountName (to use a managed identity).");
    }

    private static QueueClientOptions QueueOptions()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };

        // What somebody put there by hand, and is no base64, must not keep the messages beside it from being read.
        options.MessageDecodingFailed += _ => Task.CompletedTask;
        return options;
    }

    private static Uri Endpoint(string account, string service) => new($"https://{account}.{service}.core.windows.net");
}
