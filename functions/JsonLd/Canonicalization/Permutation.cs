namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>The orders of some numbers, from sorted to reversed, each different one once.</summary>
internal static class Permutation
{
    /// <summary>Makes the next one in place; false after the last.</summary>
    public static bool Next(Span<int> items)
    {
        var pivot = items.Length - 2;
        while (pivot >= 0 && items[pivot] >= items[pivot + 1])
        {
            pivot--;
        }

        if (pivot < 0)
        {
            return false;
        }

        var successor = items.Length - 1;
        while (items[successor] <= items[pivot])
        {
            successor--;
        }

        (items[pivot], items[successor]) = (items[successor], items[pivot]);
        items[(pivot + 1)..].Reverse();
        return true;
    }
}
