namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>What one implementation said of one copy of a badge.</summary>
/// <param name="What">original, taken back, or what was changed.</param>
/// <param name="Refusal">Why it was refused, in the implementation's own words; null if it was accepted.</param>
internal sealed record InteropAnswer(string Form, string Identifier, string Implementation, string What, string? Refusal)
{
    public bool IsOriginal => What == "original";

    /// <summary>An original is accepted, and a changed copy refused because of the change.</summary>
    public bool IsRight => InteropLimit.Of(this) is { } limit
        ? Refusal is not null && (!IsOriginal || Says(limit.Refusal))
        : IsOriginal ? Refusal is null : Says(Reason);

    private string Reason => (What, Implementation.Split(',')[0]) switch
    {
        ("taken back", _) => "The status is set",
        (_, "ajv") => "must have required property",
        (_, "did-jwt-vc") => "invalid_signature",
        _ => "signature",
    };

    private bool Says(string words) => Refusal?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
