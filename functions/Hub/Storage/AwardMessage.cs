using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What travels in the queues <c>awards</c> and <c>mail</c>: ids and a count, nothing about a person.</summary>
/// <param name="Attempt">How often the mail system has put this message off.</param>
public sealed record AwardMessage(AwardId Award, int Attempt = 0)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static AwardMessage Read(string message) => JsonSerializer.Deserialize<AwardMessage>(message)!;
}
