using System.Text.Json.Serialization;

namespace CitiesOfLearning.Local.Laptop.Mail;

/// <summary>The JSON of the mailbox, on disk and at /local/mail.json.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceivedMail))]
[JsonSerializable(typeof(IReadOnlyList<ReceivedMail>))]
internal sealed partial class MailJson : JsonSerializerContext;
