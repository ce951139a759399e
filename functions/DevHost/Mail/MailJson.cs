using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>The JSON of the mailbox, on disk and at /local/mail.json.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReceivedMail))]
[JsonSerializable(typeof(IReadOnlyList<ReceivedMail>))]
internal sealed partial class MailJson : JsonSerializerContext;
