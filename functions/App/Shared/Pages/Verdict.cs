using CitiesOfLearning.Hub.Verification;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>Three answers in one: yes only if all are, no if any is, else the hub could not check.</summary>
internal static class Verdict
{
    public static Answer Of(VerificationReport report) => (report.Authentic, report.Current, report.Authorised) switch
    {
        (Answer.Yes, Answer.Yes, Answer.Yes) => Answer.Yes,
        (Answer.No, _, _) or (_, Answer.No, _) or (_, _, Answer.No) => Answer.No,
        _ => Answer.Unknown,
    };

    /// <summary>The summary's sentence in Texts.</summary>
    public static string Key(VerificationReport report) => Of(report) switch
    {
        Answer.Yes => "Summary.allYes",
        Answer.No => "Summary.someNo",
        _ when (report.Authentic, report.Current) == (Answer.Yes, Answer.Yes) && report.Issuer is { IsKnown: false } => "Summary.stranger",
        _ => "Summary.someUnknown",
    };

    /// <summary>The style of the summary.</summary>
    public static string Class(VerificationReport report) => Of(report) switch
    {
        Answer.Yes => "yes",
        Answer.No => "no",
        _ => "unknown",
    };
}
