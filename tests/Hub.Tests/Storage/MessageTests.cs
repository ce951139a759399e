using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Storage;

/// <summary>
/// A message waits in its queue while the hub is replaced by the next: what was ever sent can be read for ever. Add lines; change none.
/// </summary>
public sealed class MessageTests
{
    private static readonly AwardId Award = AwardId.Parse("7K2QM4XN8P7K2QM4XN8P7K2QM4");

    public static TheoryData<string, HubMessage> EverSent => new()
    {
        {
            """{"city":"plymouth","source":"hub","delivery":"d1","blob":"plymouth/hub/2026/11/30/d1"}""",
            new DeliveryMessage(SampleCity.Plymouth, "hub", "d1", "plymouth/hub/2026/11/30/d1")
        },
        {
            """{"city":"plymouth","source":"hub","delivery":"d1","blob":"plymouth/hub/2026/11/30/d1","attempt":3}""",
            new DeliveryMessage(SampleCity.Plymouth, "hub", "d1", "plymouth/hub/2026/11/30/d1") { Attempt = 3 }
        },
        { """{"want":"issue","award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","attempt":0}""", new AwardMessage.Issue(Award) },
        { """{"want":"issue","award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","attempt":7}""", new AwardMessage.Issue(Award) { Attempt = 7 } },
        {
            """
            {"want":"issue","award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","attempt":0,
             "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
            """,
            new AwardMessage.Issue(Award) { TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }
        },
        { """{"want":"publishStatus","award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","attempt":0}""", new AwardMessage.PublishStatus(Award) },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Decided","number":1,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Decided, 1)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Amended","number":2,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Amended, 2)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Issued","number":2,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Issued, 2)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Notified","number":3,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Notified, 3)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Claimed","number":4,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Claimed, 4)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Shared","number":5,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Shared, 5)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Hidden","number":6,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Hidden, 6)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Suspended","number":7,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Suspended, 7)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Resumed","number":8,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Resumed, 8)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Revoked","number":9,"attempt":0}""",
            new AwardChange(Award, AwardEventKind.Revoked, 9)
        },
        {
            """{"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Issued","number":2,"attempt":1}""",
            new AwardChange(Award, AwardEventKind.Issued, 2) { Attempt = 1 }
        },
        {
            """
            {"award":"7K2QM4XN8P7K2QM4XN8P7K2QM4","what":"Issued","number":2,"attempt":0,
             "slot":{"mailbox":"8X2M","at":"2026-12-01T10:00:02+00:00"}}
            """,
            new AwardChange(Award, AwardEventKind.Issued, 2) { Slot = new("8X2M", new(2026, 12, 1, 10, 0, 2, TimeSpan.Zero)) }
        },
    };

    [Theory]
    [MemberData(nameof(EverSent))]
    public void A_message_that_was_ever_sent_can_be_read(string text, HubMessage message) => Assert.Equal(message, Read(text, message));

    [Theory]
    [MemberData(nameof(EverSent))]
    public void A_message_is_read_as_it_was_written(string text, HubMessage message)
    {
        Assert.NotEmpty(text);
        Assert.Equal(message, Read(message.Write(), message));
        Assert.Equal(message with { Attempt = 41 }, Read((message with { Attempt = 41 }).Write(), message));
    }

    [Fact]
    public void Every_kind_of_message_is_among_them() => Assert.Equal(
        typeof(HubMessage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HubMessage)) && !t.IsAbstract).ToHashSet(),
        EverSent.Select(row => row.Data.Item2.GetType()).ToHashSet());

    [Fact]
    public void Every_kind_of_change_is_among_them() => Assert.Equal(
        Enum.GetValues<AwardEventKind>().ToHashSet(),
        EverSent.Select(row => row.Data.Item2).OfType<AwardChange>().Select(change => change.What).ToHashSet());

    private static HubMessage Read(string text, HubMessage kind) => kind switch
    {
        DeliveryMessage => DeliveryMessage.Read(text),
        AwardMessage => AwardMessage.Read(text),
        _ => AwardChange.Read(text),
    };
}
