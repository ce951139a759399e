using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Tests.Fuzzing;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>A badge's file with anything in it changed: there is an answer, and never a yes to what was not signed.</summary>
[Collection(nameof(IssuedHub))]
public sealed class FuzzedBadgeTests(IssuedHub issued, ITestOutputHelper output)
{
    [Fact]
    public async Task Verifier()
    {
        var name = (await issued.Hub.VerifyAsync(issued.Badge.Jwt)).Badge!.Name;

        await new Fuzz("verifier", output).RunAsync(
            Mutations.Of([issued.Badge.Jwt, issued.Badge.Png, issued.Badge.Svg]),
            2_000,
            async file =>
            {
                try
                {
                    var report = await issued.Hub.VerifyAsync(file);
                    return report.Authentic != Answer.Yes || (Holds(file, issued.Badge.Jwt) && report.Badge!.Name == name);
                }
                catch (WorkBudgetException)
                {
                    return true;
                }
            });
    }

    // What the issuer signed is in the file, byte for byte, once lines, quotation marks and pictures are taken away.
    private static bool Holds(byte[] file, byte[] token) =>
        CredentialFile.Read(file) is CredentialFile.Jwt read
        && token.AsSpan().StartsWith(read.Token.SigningInput)
        && token.Length > read.Token.SigningInput.Length;
}
