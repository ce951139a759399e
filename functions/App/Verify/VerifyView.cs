using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Verification;

namespace CitiesOfLearning.App.Verify;

/// <summary><c>GET</c> and <c>POST /verify</c>. Without a report it is the form.</summary>
/// <param name="Problem">Why what was sent could not be read as a badge.</param>
public sealed record VerifyView(VerificationReport? Report = null, TextKey? Problem = null) : View<VerifyPage>;

/// <summary><c>POST /verify</c> of what shows several badges at once.</summary>
public sealed record VerifySeveralView(IReadOnlyList<VerificationReport> Reports) : View<VerifySeveralPage>;
