using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.LocalKeys;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>
/// Everything that was sent on this machine, one file for each message and recipient. As Exchange does, a second message with the same
/// Internet Message-ID is not shown to the same recipient again; here it is counted, so that tests can see it.
/// </summary>
public sealed class Mailbox(string folder, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<string> _unreadable = [];
    private Dictionary<string, ReceivedMail>? _messages;
    private DateTimeOffset _latest;

    /// <summary>Every message, the newest first.</summary>
    public IReadOnlyList<ReceivedMail> List()
    {
        lock (_lock)
        {
            return [.. Messages().Values.OrderByDescending(message => message.SentAt)];
        }
    }

    /// <summary>The names of files in the folder that are no messages: half written, or edited by hand.</summary>
    public IReadOnlyList<string> Unreadable()
    {
        lock (_lock)
        {
            _ = Messages();
            return _unreadable;
        }
    }

    public ReceivedMail? Find(string id)
    {
        lock (_lock)
        {
            return Messages().GetValueOrDefault(id);
        }
    }

    /// <summary>Returns when every recipient's copy is in its file.</summary>
    public void Deliver(MailMessage message)
    {
        lock (_lock)
        {
            foreach (var recipient in message.Recipients.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var id = Id(message, recipient);
                var mail = Messages().TryGetValue(id, out var first)
                    ? first with { Copies = first.Copies + 1 }
                    : new ReceivedMail(
                        id,
                        recipient,
                        message.From,
                        message.Subject,
                        message.Html,
                        message.Text,
                        NextMoment(),
                        HtmlLinks.In(message.Html),
                        1);
                AtomicFile.Write(FileOf(id), JsonSerializer.SerializeToUtf8Bytes(mail, MailJson.Default.ReceivedMail));
                Messages()[id] = mail;
            }
        }
    }

    public void Empty()
    {
        lock (_lock)
        {
            foreach (var id in Messages().Keys)
            {
                File.Delete(FileOf(id));
            }

            Messages().Clear();
        }
    }

    private static string Id(MailMessage message, string recipient) => message.InternetMessageId is { Length: > 0 } messageId
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{recipient.ToLowerInvariant()}\n{messageId}")))[..26]
        : RandomNumberGenerator.GetHexString(26, lowercase: true);

    private string FileOf(string id) => Path.Combine(folder, id + ".json");

    private DateTimeOffset NextMoment()
    {
        var now = time.GetUtcNow();
        return _latest = now > _latest ? now : _latest.AddTicks(1);
    }

    private static ReceivedMail? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), MailJson.Default.ReceivedMail);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Dictionary<string, ReceivedMail> Messages()
    {
        if (_messages is null)
        {
            Directory.CreateDirectory(folder);
            _messages = new(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            {
                if (Read(file) is { } message)
                {
                    _messages[message.Id] = message;
                }
                else
                {
                    _unreadable.Add(Path.GetFileName(file));
                }
            }

            _latest = _messages.Values.Select(message => message.SentAt).DefaultIfEmpty().Max();
        }

        return _messages;
    }
}
