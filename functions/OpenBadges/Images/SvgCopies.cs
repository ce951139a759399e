namespace CitiesOfLearning.OpenBadges.Images;

/// <summary>
/// Copies of copies: ten <c>use</c> of ten <c>use</c>, nine levels deep, is a billion shapes to draw. So a copy may not hold another,
/// and there may not be many.
/// </summary>
internal sealed class SvgCopies
{
    private readonly Stack<string?> _open = new();
    private readonly HashSet<string> _holdCopies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _copied = new(StringComparer.Ordinal);
    private int _count;

    public void Enter(string? id, bool isCopy)
    {
        _open.Push(id);
        if (isCopy)
        {
            _count++;
            _holdCopies.UnionWith(_open.OfType<string>());
        }
    }

    public void Leave() => _open.TryPop(out _);

    public void Refers(string reference) => _copied.Add(reference.TrimStart('#'));

    public ImageProblem? Problem() =>
        _count > ImageLimits.SvgCopies ? new(ImageProblems.TooManyParts, $"The SVG has more than {ImageLimits.SvgCopies} copies (use).")
        : _copied.Overlaps(_holdCopies) ? new(ImageProblems.NotAllowed, "The SVG copies (use) something that holds a copy itself.")
        : null;
}
