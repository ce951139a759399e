namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// How much may be done to tell blank nodes apart: poison graphs need time that grows with the factorial of their size
/// (https://www.w3.org/TR/rdf-canon/#dataset-poisoning). Counted, not timed, so that every machine refuses the same graphs.
/// A unit is about a microsecond: a call of Hash N-Degree Quads, a related blank node hashed, half a kilobyte of its predicate, a short
/// permutation begun.
/// </summary>
internal sealed class WorkLimit(int units, WorkBudget? budget = null)
{
    /// <summary>A call of Hash N-Degree Quads within another, and so on: the stack is finite too.</summary>
    public const int MaxDepth = 512;

    /// <summary>Bytes: a long predicate is hashed as often as it is met.</summary>
    public const int HashedPerUnit = 512;

    private int _left = units;

    public void Spend(int units)
    {
        _left -= units;
        if (_left < 0)
        {
            throw Exceeded("the blank nodes of this graph are too hard to tell apart");
        }

        budget?.Check();
    }

    public static JsonLdException Exceeded(string detail) => new(Rdfc10.WorkLimitExceeded, "", detail);
}
