using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>
/// What a steward answers to "who is this?" is remembered, and what waited flows. The first answer counts; it is written down before
/// anything is done, so that whoever answers after a crash goes on with it.
/// </summary>
public sealed class QuestionAnswers(
    QuestionTable questions, IdentifierTable identifiers, LearnerTable learners, HubStorage storage, HubIds ids, TimeProvider time)
{
    private const int MaxAtOnce = 90; // rows of one transaction, with room for the question's own

    /// <summary>Somebody who is known in the city.</summary>
    public static QuestionAnswer Is(Learner learner) => new(AnswerKind.Learner, default, learner.Id);

    /// <summary>Somebody new.</summary>
    /// <param name="address">As <see cref="EmailAddress.Normalize"/> writes it; null: they get a slip.</param>
    public static QuestionAnswer IsNew(string? address, string? name) =>
        new(address is null ? AnswerKind.Slip : AnswerKind.New, default, Address: address, Name: name);

    public static QuestionAnswer IsNotOurs { get; } = new(AnswerKind.NotOurs, default);

    /// <returns>The question with the answer that counts, which may be another's; null if nobody ever asked.</returns>
    public async Task<Question?> AnswerAsync(
        City city, string source, string key, QuestionAnswer answer, CancellationToken cancellationToken)
    {
        while (await questions.FindAsync(city.Id, source, key, cancellationToken) is { } question)
        {
            if (question.Waiting == 0)
            {
                return question; // answered before
            }

            if (question.Answer is not null)
            {
                await FlowAsync(city, question, cancellationToken);
                continue;
            }

            var given = answer with { At = time.GetUtcNow(), Learner = LearnerOf(question, answer) };
            if (await questions.AnswerAsync(question with { Answer = given }, cancellationToken))
            {
                continue; // from the row as it is now
            }
        }

        return null;
    }

    /// <summary>A roster has these accounts by now.</summary>
    internal async Task FoundInRosterAsync(City city, string source, IReadOnlySet<string> keys, CancellationToken cancellationToken)
    {
        await foreach (var question in questions.OfSourceAsync(city.Id, source, cancellationToken))
        {
            if (keys.Contains(question.Key))
            {
                await AnswerAsync(city, source, question.Key, new(AnswerKind.Roster, default), cancellationToken);
            }
        }
    }

    // Remembers the answer first: a completion that is being looked at meanwhile either waits already, or finds it.
    private async Task FlowAsync(City city, Question question, CancellationToken cancellationToken)
    {
        await RememberAsync(city, question, question.Answer!, cancellationToken);
        var open = question;
        while (open is { Waiting: > 0 })
        {
            var waiting = await questions.WaitingAsync(open, MaxAtOnce, cancellationToken);
            await Task.WhenAll(waiting
                .Select(w => w.Message)
                .DistinctBy(m => m.Delivery)
                .Select(m => storage.SendAsync(m, cancellationToken)));
            open = waiting.Count > 0 ? open : open with { Waiting = 0 };
            await questions.TakeAsync(open, [.. waiting.Select(w => w.Row)], cancellationToken);
            open = await questions.FindAsync(city.Id, question.Source, question.Key, cancellationToken) is { Answer: not null } next
                ? next
                : null;
        }
    }

    private async Task RememberAsync(City city, Question question, QuestionAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Kind == AnswerKind.Roster)
        {
            return;
        }

        if (answer.Learner is { } id)
        {
            var learner = await learners.FindAsync(id, cancellationToken);
            if ((learner?.Address ?? answer.Address) is { } address)
            {
                await LinkAsync(city.Id, question, address, id, cancellationToken);
            }

            if (learner is null)
            {
                var language = question.Said.Language ?? city.Languages[0];
                learner = new(id, answer.Address, answer.Name ?? question.Said.Name, language, answer.At);
                await learners.KeepAsync(city.Id, learner, cancellationToken);
            }
        }

        var notAt = answer.Kind == AnswerKind.Slip && question.Said.Address is { } sent ? ids.AddressKey(city.Id, sent) : null;
        await identifiers.ChangeAsync(
            city.Id,
            question.Source,
            await identifiers.FindAsync(city.Id, question.Source, question.Key, cancellationToken),
            row => row.Learner is not null ? row : row with
            {
                Learner = answer.Learner,
                IsNotOurs = answer.Kind == AnswerKind.NotOurs,
                NotAt = notAt,
            },
            cancellationToken);
    }

    private async Task LinkAsync(CityId city, Question question, string address, string learner, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await identifiers.AtAsync(city, address, cancellationToken);
            var link = question.Said.Account is null
                ? new AddressLink(learner, null, null)
                : new AddressLink(learner, question.Source, question.Key);
            if (row.Links.Any(l => l with { Name = null } == link)
                || (link.Account is null && row.Learners.Contains(learner))
                || await identifiers.WriteAsync(city, address, row with { Links = [.. row.Links, link] }, cancellationToken))
            {
                return;
            }
        }
    }

    private string? LearnerOf(Question question, QuestionAnswer answer) => answer.Kind switch
    {
        AnswerKind.New or AnswerKind.Slip => ids.LearnerId(question.City, question.Source, question.Key),
        _ => answer.Learner,
    };
}
