namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>What became of a fetch. Which rule or which failure it was is for tests and operators: a report only says that it failed,
/// because the difference would tell a third party about the network that the hub stands in.</summary>
public abstract record Fetched
{
    private Fetched()
    {
    }

    /// <param name="Body">As it came; nothing in it is trusted.</param>
    /// <param name="Address">Where it came from in the end, after redirects.</param>
    /// <param name="At">When.</param>
    public sealed record Found(ReadOnlyMemory<byte> Body, Uri Address, DateTimeOffset At) : Fetched;

    /// <summary>The hub will not fetch it.</summary>
    public sealed record Refused(FetchRule Rule) : Fetched;

    /// <summary>It did not come.</summary>
    public sealed record Unreachable(UnreachableReason Reason) : Fetched;
}

/// <summary>The rule that a fetch would have broken.</summary>
public enum FetchRule
{
    /// <summary>Not an https URL of a host name at port 443, or one with a user name in it, or endless.</summary>
    Url,

    /// <summary>The host's name leads to an address that is not on the public Internet.</summary>
    Address,

    /// <summary>More than two redirects, or one to nowhere.</summary>
    Redirects,

    /// <summary>More than 1 MiB.</summary>
    Size,

    /// <summary>A compressed body, which nobody asked for.</summary>
    Encoding,
}

public enum UnreachableReason
{
    /// <summary>No such host, no connection, no valid certificate, or a broken answer.</summary>
    Connection,

    /// <summary>It took more than five seconds.</summary>
    Time,

    /// <summary>An answer that is neither 200 nor a redirect.</summary>
    Status,

    /// <summary>The hub asks this host, or all hosts, too much already.</summary>
    Busy,
}
