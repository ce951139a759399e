using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>Collects the checks in the order they were made and sums them into the three answers.</summary>
internal sealed class ReportBuilder(TimeProvider time)
{
    private const string Ob = "https://www.imsglobal.org/spec/ob/v3p0/";
    private const string Vc = "https://www.w3.org/TR/vc-data-model-2.0/";

    // Every check, in the order of the specification, with the answer it counts for.
    private static readonly (string Id, Question Question, string Clause)[] All =
    [
        ("input", Question.Authentic, Ob + "#baking"),
        ("schema", Question.Authentic, Ob + "#achievementcredential"),
        ("issuer", Question.Authentic, Ob + "#profileref"),
        ("proof", Question.Authentic, Ob + "#jwt-proof-format"),
        ("key", Question.Authentic, Ob + "#jwt-proof-format"),
        ("claims", Question.Authentic, Ob + "#jwt-proof-format"),
        ("dates", Question.Current, Vc + "#validity-period"),
        ("revocation", Question.Current, "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm"),
        ("suspension", Question.Current, "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm"),
        ("recipient", Question.None, Ob + "#verification-and-validation"),
        ("achievement", Question.Authorised, Ob + "#achievement"),
        ("provider", Question.Authorised, Ob + "#achievementsubject"),
        ("picture", Question.None, Ob + "#baking"),
    ];

    private readonly Dictionary<string, Check> _checks = new(All.Length);
    private ReportedBadge? _badge;
    private ReportedIssuer? _issuer;

    private enum Question
    {
        None,
        Authentic,
        Current,
        Authorised,
    }

    /// <summary>The city whose badge it is; null for one of somebody else's.</summary>
    public City? City { get; set; }

    /// <summary>As the city's clocks show it; in a badge of somebody else's, as that badge writes it.</summary>
    public DateTimeOffset InTown(DateTimeOffset moment) => City?.InTown(moment) ?? moment;

    public void Pass(string id, string textKey, params string[] arguments) => Add(id, CheckOutcome.Pass, textKey, arguments);

    public void Fail(string id, string textKey, params string[] arguments) => Add(id, CheckOutcome.Fail, textKey, arguments);

    public void Unknown(string id, string textKey, params string[] arguments) => Add(id, CheckOutcome.Unknown, textKey, arguments);

    public void Skip(string id, string textKey) => Add(id, CheckOutcome.Skipped, textKey);

    public void Add(string id, CheckOutcome outcome, string textKey, params string[] arguments) =>
        _checks[id] = new Check(id, outcome, $"Check.{id}.{textKey}", arguments, Clause(id), time.GetUtcNow());

    public void Add(string id, CheckOutcome outcome, string textKey, DateTimeOffset checkedAt) =>
        _checks[id] = new Check(id, outcome, $"Check.{id}.{textKey}", [], Clause(id), checkedAt);

    /// <summary>A badge of a city's.</summary>
    public void Describe(BadgeCredential credential, string? pictureUrl, bool pictureDiffers)
    {
        _badge = Reported(credential) with { PictureUrl = pictureUrl, PictureDiffers = pictureDiffers };
        _issuer = new ReportedIssuer(credential.Issuer, credential.IssuerName, credential.IssuerUrl, IsKnown: true);
    }

    /// <summary>A badge of somebody whom the hub does not know: what it says of its issuer's web site leads anywhere.</summary>
    public void Describe(BadgeCredential credential)
    {
        _badge = Reported(credential);
        var name = credential.IssuerName.Length > 0
            ? ReportedBadge.Cut(credential.IssuerName, ReportedBadge.MaxNameLength)
            : IssuerName.Of(credential.Issuer);
        _issuer = new ReportedIssuer(ReportedBadge.Cut(credential.Issuer, ReportedBadge.MaxAddressLength), name, null, IsKnown: false);
    }

    public VerificationReport Build()
    {
        var now = time.GetUtcNow();
        var checks = All
            .Select(c => _checks.GetValueOrDefault(c.Id) ?? new Check(c.Id, CheckOutcome.Skipped, "Check.skipped", [], c.Clause, now))
            .ToArray();
        var authentic = Answered(checks, Question.Authentic);

        // What an unauthentic badge says of itself answers nothing.
        return authentic == Answer.Yes
            ? new VerificationReport(
                authentic, Answered(checks, Question.Current), Answered(checks, Question.Authorised), _badge, _issuer, checks, now)
            : new VerificationReport(authentic, Answer.Unknown, Answer.Unknown, null, null, checks, now);
    }

    // Yes only if every check was made and passed.
    private static Answer Answered(Check[] checks, Question question)
    {
        var answer = Answer.Yes;
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Question == question)
            {
                answer = checks[i].Outcome switch
                {
                    CheckOutcome.Fail => Answer.No,
                    CheckOutcome.Pass => answer,
                    _ => answer == Answer.No ? Answer.No : Answer.Unknown,
                };
            }

            if (answer == Answer.No)
            {
                break;
            }
        }

        return answer;
    }

    private ReportedBadge Reported(BadgeCredential credential) => ReportedBadge.Of(credential) with
    {
        AwardedOn = InTown(credential.ValidFrom),
        ValidUntil = credential.ValidUntil is { } until ? InTown(until) : null,
    };

    private static string Clause(string id) => Array.Find(All, c => c.Id == id).Clause;
}
