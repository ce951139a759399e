using System.Globalization;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>https://www.w3.org/TR/vc-data-model-2.0/#validity-period</summary>
internal static class ValidityPeriod
{
    /// <summary>As far as two clocks may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static void Check(BadgeCredential credential, ReportBuilder report, DateTimeOffset now)
    {
        if (credential.ValidFrom - now > Tolerance)
        {
            report.Fail("dates", "notYet", Write(report.InTown(credential.ValidFrom)));
        }
        else if (credential.ValidUntil is { } until)
        {
            var expired = now - until > Tolerance;
            report.Add("dates", expired ? CheckOutcome.Fail : CheckOutcome.Pass, expired ? "expired" : "ok", Write(report.InTown(until)));
        }
        else
        {
            report.Pass("dates", "noExpiry");
        }
    }

    private static string Write(DateTimeOffset moment) => moment.ToString("O", CultureInfo.InvariantCulture);
}
