using CitiesOfLearning.JsonLd;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Where badges are handed in. So many are looked at at once, on threads of their own, each with a budget; who comes when all are taken, or
/// has waited long for a thread, is told to come again. So nobody who hands in badges delays a webhook.
/// </summary>
public sealed class VerificationDesk : IDisposable
{
    /// <summary>Badges that are looked at at once; most of them wait for somebody's host.</summary>
    public const int MaxAtOnce = 32;

    // Who waits longer has gone, or looks at a page that does not move.
    internal static readonly TimeSpan MaxQueueing = TimeSpan.FromSeconds(3);

    private readonly BadgeVerifier _verifier;
    private readonly TimeProvider _time;
    private readonly OwnThreads _threads;
    private readonly int _atOnce;
    private int _inside;

    public VerificationDesk(BadgeVerifier verifier, TimeProvider time)
        : this(verifier, time, Threads(), MaxAtOnce)
    {
    }

    internal VerificationDesk(BadgeVerifier verifier, TimeProvider time, OwnThreads threads, int atOnce) =>
        (_verifier, _time, _threads, _atOnce) = (verifier, time, threads, atOnce);

    /// <param name="given">A file, a text or an address.</param>
    /// <param name="cancellationToken">Ends the work with the request.</param>
    /// <returns>
    /// What it was taken for, and what became of it: several where several badges were shown, which share a budget. Null if there is no
    /// room just now.
    /// </returns>
    public async Task<IReadOnlyList<Verified>?> VerifyAsync(ReadOnlyMemory<byte> given, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _inside) > _atOnce)
            {
                return null;
            }

            var came = _time.GetTimestamp();
            return await Task.Factory.StartNew(
                async () =>
                {
                    if (_time.GetElapsedTime(came) > MaxQueueing)
                    {
                        return null;
                    }

                    var budget = new WorkBudget(cancellationToken);
                    var file = budget.Run(() => CredentialFile.Read(given));
                    var verified = new List<Verified>();
                    foreach (var badge in file is CredentialFile.Several several ? several.Badges : [file])
                    {
                        verified.Add(new(badge, await _verifier.VerifyAsync(badge, budget)));
                    }

                    return (IReadOnlyList<Verified>?)verified;
                },
                cancellationToken,
                TaskCreationOptions.None,
                _threads).Unwrap();
        }
        catch (NoRoomException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _threads.Dispose();

    private static OwnThreads Threads() => new(OwnThreads.Most, "verification");
}

/// <summary>One badge, and what was found out about it.</summary>
/// <param name="Given">What it was taken for.</param>
public sealed record Verified(CredentialFile Given, VerificationReport Report);
