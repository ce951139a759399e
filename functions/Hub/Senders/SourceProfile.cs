using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitiesOfLearning.Hub.Senders;

/// <summary>
/// How one kind of sender speaks (<c>Profiles/{id}.json</c>, schema <c>Schemas/source-profile.json</c>). A new provider is a new profile
/// and a payload among the tests, no code. Its JMESPath expressions run over <c>{"headers": …, "body": …}</c>: the kept headers by
/// lower-case name, and the body, or one item of it where <paramref name="Items"/> splits a batch.
/// </summary>
/// <param name="Proof">How it shows that a delivery is its own.</param>
/// <param name="Tier">How far that proof is trusted.</param>
/// <param name="ContentTypes">The media types that it may name. Under each of them the body must be JSON in UTF-8.</param>
/// <param name="KeepHeaders">Lower case. All others, signatures among them, are forgotten.</param>
/// <param name="DeliveryKey">The sender's own id of the delivery; without one, a hash of the content stands in.</param>
/// <param name="Items">A list splits the delivery; anything else is one item.</param>
/// <param name="Redact">Fields whose value nobody is shown.</param>
public sealed record SourceProfile(
    string Id,
    string Name,
    SenderProof Proof,
    TrustTier Tier,
    IReadOnlyList<string> ContentTypes,
    IReadOnlyList<string> KeepHeaders,
    JmesQuery DeliveryKey,
    JmesQuery Items,
    ProfileEvents Events,
    ProfileLearner Learner,
    ProfileActivity Activity,
    ProfileTime Time,
    IReadOnlyList<string> Redact,
    ProfileAnswer Answer,
    JmesQuery? Evidence = null,
    JmesQuery? Score = null);

/// <summary>
/// Conditions that tell what kind of event it is: ping, withdrawn, completed, tried in this order; if none is true, it is not for us.
/// </summary>
/// <param name="Withdrawn">Something earlier is taken back: opens a review, revokes nothing.</param>
public sealed record ProfileEvents(JmesQuery Completed, JmesQuery? Ping = null, JmesQuery? Withdrawn = null);

/// <param name="Account">The sender's name for the learner, as in the source's roster.</param>
public sealed record ProfileLearner(
    JmesQuery? Account = null, JmesQuery? Address = null, JmesQuery? Name = null, JmesQuery? Language = null);

public sealed record ProfileActivity(JmesQuery Id, JmesQuery? Name = null);

public sealed record ProfileTime(JmesQuery Value, ProfileTimeFormat Format);

public enum ProfileTimeFormat
{
    /// <summary>https://www.rfc-editor.org/rfc/rfc3339#section-5.6.</summary>
    [JsonStringEnumMemberName("rfc3339")]
    Rfc3339,

    [JsonStringEnumMemberName("unix-seconds")]
    UnixSeconds,
}

/// <summary>What the sender wants to hear.</summary>
public sealed record ProfileAnswer(int Status, string ContentType = "text/plain", string Body = "");

/// <summary>Reads an expression out of a profile, compiling it.</summary>
internal sealed class JmesQueryConverter : JsonConverter<JmesQuery>
{
    public override JmesQuery Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JmesQuery.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, JmesQuery value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Text);
}
