using System.Text.RegularExpressions;

namespace CitiesOfLearning.Hub.Cities.Parsing;

/// <summary>The enumerations of Open Badges 3.0 that stewards choose from.</summary>
internal static partial class OpenBadgesWords
{
    // https://www.imsglobal.org/spec/ob/v3p0/#achievementtype-enumeration
    public static IReadOnlyCollection<string> AchievementTypes { get; } =
    [
        "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "BachelorDegree", "Badge",
        "Certificate", "CertificateOfCompletion", "Certification", "CoCurricular", "CommunityService", "Competency", "Course", "Degree",
        "Diploma", "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License",
        "MasterCertificate", "MasterDegree", "Membership", "MicroCredential", "ProfessionalDoctorate", "QualityAssuranceCredential",
        "ResearchDoctorate", "SecondarySchoolDiploma",
    ];

    // https://www.imsglobal.org/spec/ob/v3p0/#resulttype-enumeration
    public static IReadOnlyCollection<string> ResultTypes { get; } =
    [
        "GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result", "RubricCriterion",
        "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status",
    ];

    [GeneratedRegex("^ext:[A-Za-z0-9._-]+$")]
    private static partial Regex Extension { get; }

    public static bool IsExtension(string word) => Extension.IsMatch(word);
}
