using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>
/// Stands in for Microsoft Graph's POST /users/{id}/sendMail and answers 202 once the message is in the mailbox.
/// </summary>
/// <param name="mailbox">Where messages go.</param>
/// <param name="perMinute">How many one sender may send in a minute (Exchange Online: 30); 0 for any number.</param>
/// <param name="time">The clock of the limit.</param>
public sealed class SendMailEndpoint(Mailbox mailbox, int perMinute, TimeProvider time)
{
    // https://learn.microsoft.com/graph/api/user-sendmail: a request holds at most 4 MB
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _sent = new(StringComparer.OrdinalIgnoreCase);

    public async Task HandleAsync(HttpContext context, string sender)
    {
        try
        {
            Throttle(sender);
            var body = await ReadAsync(context.Request, context.RequestAborted);
            var type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
            Deliver(type.ToLowerInvariant() switch
            {
                "application/json" => GraphJsonMessage.Read(body, sender),
                "text/plain" => GraphMimeMessage.Read(body, sender),
                _ => throw GraphErrorException.BadJson(),
            });
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (GraphErrorException e)
        {
            await e.WriteAsync(context.Response);
        }
    }

    private void Deliver(MailMessage message)
    {
        try
        {
            mailbox.Deliver(message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not lost: the hub sends again later.
            Console.Error.WriteLine($"The mailbox cannot be written, so a message waits: {e.Message}");
            throw GraphErrorException.Unavailable();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBytes)
            {
                throw GraphErrorException.TooLarge();
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private void Throttle(string sender)
    {
        if (perMinute == 0)
        {
            return;
        }

        lock (_lock)
        {
            var now = time.GetUtcNow();
            var sent = _sent.TryGetValue(sender, out var known) ? known : _sent[sender] = new Queue<DateTimeOffset>();
            while (sent.TryPeek(out var first) && now - first >= Window)
            {
                sent.Dequeue();
            }

            if (sent.Count >= perMinute)
            {
                throw GraphErrorException.Throttled(sent.Peek() + Window - now);
            }

            sent.Enqueue(now);
        }
    }
}
