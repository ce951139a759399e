using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Verifies badges in the order of the specification (https://www.imsglobal.org/spec/ob/v3p0/#verification-and-validation) and sums the
/// checks into three answers. Badges of this hub's cities need no call to anybody else.
/// </summary>
public sealed class BadgeVerifier(
    OwnBadgeVerifier own, ForeignBadgeVerifier foreign, CityDirectory cities, DocumentFetcher fetcher, HubUrls urls, TimeProvider time)
{
    /// <summary>How long one verification waits for storage, all in all; what it then does not know could not be checked.</summary>
    public static readonly TimeSpan StoragePatience = TimeSpan.FromSeconds(2.5);

    public async Task<VerificationReport> VerifyAsync(CredentialFile given, CancellationToken cancellationToken)
    {
        var report = new ReportBuilder(time);
        switch (given)
        {
            case CredentialFile.Jwt or CredentialFile.Json:
                report.Pass("input", "found");
                await VerifyAsync(given, report, cancellationToken);
                break;
            case CredentialFile.Url url when urls.IsOwn(url.Address):
                await SharedAsync(url, report, cancellationToken);
                break;
            case CredentialFile.Url url:
                await FetchAsync(url.Address, report, cancellationToken);
                break;
            case CredentialFile.NotBaked:
                report.Unknown("input", "notBaked");
                break;
            case CredentialFile.Unreadable unreadable:
                report.Unknown("input", "refused", unreadable.Reason);
                break;
        }

        return report.Build();
    }

    private async Task SharedAsync(CredentialFile.Url url, ReportBuilder report, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StoragePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            if (await own.FindSharedAsync(url.Address, either.Token) is not { } token)
            {
                report.Unknown("input", "notShared");
                return;
            }

            report.Pass("input", "found");
            await VerifyAsync(new CredentialFile.Jwt(token, url.Picture), report, either.Token);
        }
        catch (Exception e) when (e.IsAbsence() && !cancellationToken.IsCancellationRequested)
        {
            report.Unknown("input", "unreachable", IssuerName.Of(url.Address));
        }
    }

    private async Task FetchAsync(string address, ReportBuilder report, CancellationToken cancellationToken)
    {
        var host = IssuerName.Of(address);
        if (await fetcher.FetchAsync(address, cancellationToken) is not Fetched.Found found)
        {
            report.Unknown("input", "unreachable", host);
            return;
        }

        // An address that leads to another address is one step too many.
        var given = CredentialFile.Read(found.Body);
        if (given is not (CredentialFile.Jwt or CredentialFile.Json))
        {
            report.Unknown("input", "noBadgeThere", host);
            return;
        }

        report.Pass("input", "fetched", IssuerName.Of(found.Address.AbsoluteUri));
        await VerifyAsync(given, report, cancellationToken);
    }

    private async Task VerifyAsync(CredentialFile given, ReportBuilder report, CancellationToken cancellationToken)
    {
        if (SignedCredential.Of(given) is not { } signed)
        {
            report.Fail("schema", "bad", "JSON");
            return;
        }

        var issuer = signed.Credential.IssuerId();
        if (issuer is not null && urls.CityOf(issuer) is { } city)
        {
            await OwnAsync(signed, city, given.Picture, report, cancellationToken);
        }
        else if (issuer is null || urls.IsOwn(issuer))
        {
            // Nobody else can say anything of an address of ours.
            report.Unknown("issuer", "nobody");
        }
        else
        {
            await foreign.VerifyAsync(signed, issuer, report, cancellationToken);
        }
    }

    private async Task OwnAsync(
        SignedCredential signed, CityId id, UnbakedPicture? picture, ReportBuilder report, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StoragePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        if (await cities.FindAsync(id, either.Token) is not { } city)
        {
            report.Unknown("issuer", "nobody");
            return;
        }

        report.City = city;
        report.Pass("issuer", "ours", city.Name.In("en"));
        await own.VerifyAsync(signed, picture, id, report, either.Token);
    }
}
