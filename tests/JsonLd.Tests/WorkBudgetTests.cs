using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;

namespace CitiesOfLearning.JsonLd.Tests;

public sealed class WorkBudgetTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Work.Bytes, 8 * 1024 * 1024)]
    [InlineData(Work.Nodes, 60_000)]
    [InlineData(Work.Proofs, 24)]
    [InlineData(Work.References, 64)]
    [InlineData(Work.Editions, 48)]
    [InlineData(Work.Calls, 24)]
    public void All_that_there_is_can_be_spent_and_no_more(Work work, int all)
    {
        var budget = new WorkBudget(Cancel);

        budget.Spend(work, all - 1);
        budget.Spend(work);

        Assert.Equal(all, budget.Spent(work));
        Assert.Equal(work, Assert.Throws<WorkBudgetException>(() => budget.Spend(work)).Work);
    }

    [Fact]
    public void A_part_that_ends_earlier_spends_from_the_same_purse()
    {
        using var early = new CancellationTokenSource();
        var budget = new WorkBudget(Cancel);
        var part = budget.Until(early.Token);

        part.Spend(Work.Calls, 24);
        early.Cancel();

        Assert.Throws<WorkBudgetException>(() => budget.Spend(Work.Calls));
        Assert.ThrowsAny<OperationCanceledException>(() => part.Run(() => 1));
        Assert.Equal(1, budget.Run(() => 1));
    }

    [Fact]
    public void Work_that_takes_too_long_is_stopped_in_its_middle_and_no_more_is_begun()
    {
        var budget = new WorkBudget(20, Cancel);

        Assert.Equal(Work.Time, Assert.Throws<WorkBudgetException>(() => budget.Run<int>(() =>
        {
            while (true)
            {
                budget.Check();
            }
        })).Work);
        Assert.Throws<WorkBudgetException>(() => budget.Run(() => 1));
    }

    [Fact]
    public void Waiting_between_two_pieces_of_work_costs_nothing()
    {
        var budget = new WorkBudget(1, Cancel);

        Thread.Sleep(20);

        Assert.Equal(1, budget.Run(() => budget.Run(() => 1)));
        budget.Look();
    }

    /// <summary>Expansion, contexts and blank nodes that look the same: each ends with the request.</summary>
    [Theory]
    [InlineData("""{"@id":"urn:s","urn:p":[$]}""", """{"urn:q":1}""", 4000)]
    [InlineData("""{"@context":{$},"@id":"urn:s","a0":1}""", "\"a#\":\"urn:a#\"", 4000)]
    [InlineData("""{"@id":"urn:s","urn:p":[$]}""", """{"urn:q":{"urn:q":{"urn:q":{}}}}""", 800)]
    public void Whatever_takes_long_ends_with_the_request(string document, string part, int times)
    {
        var text = document.Replace("$", string.Join(',', Enumerable.Range(0, times).Select(i => part.Replace("#", $"{i}"))));
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        using var gone = new CancellationTokenSource();
        var budget = new WorkBudget(gone.Token);
        Assert.NotEmpty(Work(new WorkBudget(Cancel)));

        gone.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Work(budget));

        IReadOnlyList<string> Work(WorkBudget of) =>
        [
            $"{Rdfc10.Canonicalize(new JsonLdProcessor(Ld.NoContexts, budget: of).ToRdf(json.RootElement), budget: of).Count}",
        ];
    }
}
