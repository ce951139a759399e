using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>Lets every message be seen at once, and remembers how long it was to be held back.</summary>
internal sealed partial class QueueDelays : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentQueue<TimeSpan> _asked = new();

    public ConcurrentQueue<TimeSpan> All { get; } = new();

    public bool TryTake(out TimeSpan delay) => _asked.TryDequeue(out delay);

    public override void OnSendingRequest(HttpMessage message)
    {
        var query = message.Request.Uri.Query;
        if (message.Request.Method == RequestMethod.Post && Timeout().Match(query) is { Success: true } match)
        {
            var delay = TimeSpan.FromSeconds(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            _asked.Enqueue(delay);
            All.Enqueue(delay);
            message.Request.Uri.Query = Timeout().Replace(query, "visibilitytimeout=0");
        }
    }

    [GeneratedRegex("visibilitytimeout=([0-9]+)")]
    private static partial Regex Timeout();
}
