namespace CitiesOfLearning.JsonLd;

/// <summary>What is counted of a request's work.</summary>
public enum Work
{
    /// <summary>Processor time of <see cref="WorkBudget.Run{T}"/>, in milliseconds.</summary>
    Time,

    /// <summary>Bytes of what is made canonical, each time that it is.</summary>
    Bytes,

    /// <summary>Objects and values of expanded documents.</summary>
    Nodes,

    /// <summary>Proofs that are looked at.</summary>
    Proofs,

    /// <summary>Proofs that other proofs name.</summary>
    References,

    /// <summary>Published texts of a document's contexts under which it is read.</summary>
    Editions,

    /// <summary>Calls to other hosts.</summary>
    Calls,
}

/// <summary>A request asks for more than all its parts together may cost. What it was about could not be checked.</summary>
/// <param name="work">What there is too much of.</param>
public sealed class WorkBudgetException(Work work) : Exception($"The request asks for too much work: {work}.")
{
    /// <summary>What there is too much of.</summary>
    public Work Work => work;
}

/// <summary>
/// What one request may cost, all in all. Each part of the work has a limit of its own; this bounds their product. It is charged before
/// the work is done, and whoever works long asks it again and again, so that the work ends with the request. Safe for any number of
/// threads.
/// </summary>
public sealed class WorkBudget
{
    private const int ChecksBetweenLooks = 64;

    [ThreadStatic]
    private static TimeSpan? _startedOnThisThread;

    // In the order of Work; the time in ticks.
    private static readonly long[] All = [TimeSpan.TicksPerSecond, 8 * 1024 * 1024, 60_000, 24, 64, 48, 24];

    private readonly long[] _left;
    private int _checks;

    /// <summary>A second in all, and of everything else ten times what a badge needs.</summary>
    /// <param name="cancellationToken">The request's own end.</param>
    public WorkBudget(CancellationToken cancellationToken)
        : this(1000, cancellationToken)
    {
    }

    /// <summary>Another time than a second.</summary>
    /// <param name="milliseconds">Of work, not of waiting.</param>
    /// <param name="cancellationToken">The request's own end.</param>
    public WorkBudget(int milliseconds, CancellationToken cancellationToken)
        : this([milliseconds * TimeSpan.TicksPerMillisecond, .. All[1..]], cancellationToken)
    {
    }

    private WorkBudget(long[] left, CancellationToken cancellationToken) => (_left, CancellationToken) = (left, cancellationToken);

    /// <summary>Ends with the request.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The same budget for a part of the request that ends earlier.</summary>
    public WorkBudget Until(CancellationToken earlier) => new(_left, earlier);

    /// <summary>How much was asked for until now; not of <see cref="Work.Time"/>.</summary>
    public long Spent(Work work) => All[(int)work] - Interlocked.Read(ref _left[(int)work]);

    /// <summary>Charges work that is about to be done.</summary>
    /// <exception cref="WorkBudgetException">There is not enough left.</exception>
    /// <exception cref="OperationCanceledException">The request is over.</exception>
    public void Spend(Work work, int amount = 1)
    {
        if (Interlocked.Add(ref _left[(int)work], -amount) < 0)
        {
            throw new WorkBudgetException(work);
        }

        Check();
    }

    /// <summary>Asked within loops: whether there is time left, and anybody who waits.</summary>
    /// <exception cref="WorkBudgetException">There is no time left.</exception>
    /// <exception cref="OperationCanceledException">The request is over.</exception>
    public void Check()
    {
        if (++_checks % ChecksBetweenLooks == 0)
        {
            Look();
        }
    }

    /// <summary>As <see cref="Check"/>, where each round takes long.</summary>
    /// <exception cref="WorkBudgetException">There is no time left.</exception>
    /// <exception cref="OperationCanceledException">The request is over.</exception>
    public void Look()
    {
        CancellationToken.ThrowIfCancellationRequested();
        var running = _startedOnThisThread is { } start ? ThreadClock.Now - start : TimeSpan.Zero;
        if (Interlocked.Read(ref _left[(int)Work.Time]) < running.Ticks)
        {
            throw new WorkBudgetException(Work.Time);
        }
    }

    /// <summary>Does work that waits for nothing, and charges the time that it took.</summary>
    /// <exception cref="WorkBudgetException">There is no time left.</exception>
    public T Run<T>(Func<T> work)
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (_startedOnThisThread is not null)
        {
            return work(); // within other work, which is charged
        }

        if (Interlocked.Read(ref _left[(int)Work.Time]) <= 0)
        {
            throw new WorkBudgetException(Work.Time);
        }

        var start = ThreadClock.Now;
        _startedOnThisThread = start;
        try
        {
            return work();
        }
        finally
        {
            Interlocked.Add(ref _left[(int)Work.Time], (start - ThreadClock.Now).Ticks);
            _startedOnThisThread = null;
        }
    }
}
