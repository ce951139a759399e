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

    private static HubMessage Read(string text, HubMessage kind) => kind switch
    {
        DeliveryMessage => DeliveryMessage.Read(text),
        AwardMessage => AwardMessage.Read(text),
        _ => AwardChange.Read(text),
    };
}
