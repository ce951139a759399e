using System.Reflection;
using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Tests.Errors;

/// <summary>
/// Each error code of https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode that the processor has, by documents that raise it, with where.
/// </summary>
public sealed class ErrorCodeTests
{
    private static readonly ContextStore Store = Ld.Contexts(new()
    {
        ["http://base.example/dir/self"] = "{'@context':'self'}",
        ["http://base.example/dir/array"] = "[1]",
        ["http://base.example/dir/empty"] = "{'a':1}",
        ["http://base.example/dir/text"] = "no JSON",
        ["http://base.example/dir/list"] = "{'@context':[{}]}",
        ["http://base.example/dir/importing"] = "{'@context':{'@import':'empty'}}",
        ["http://base.example/dir/wrong"] = "{'@context':{'t':5}}",
    });

    public static TheoryData<string, string, string> Cases =>
        [.. ErrorCases.All.Select(c => new TheoryDataRow<string, string, string>(c.Code, c.Path, c.Document))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_error_has_its_code_and_the_path_to_what_is_wrong(string code, string path, string document)
    {
        var refusal = Assert.Throws<JsonLdException>(() => Ld.ToRdf(document, contexts: Store, limits: new JsonLdLimits(Depth: 10)));

        Assert.Equal((code, path), (refusal.Code, refusal.Path));
        Assert.StartsWith($"{code} at {(path.Length == 0 ? "the root" : path)}", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A JSON literal is not read before it is written.</summary>
    [Fact]
    public void Half_of_a_surrogate_pair_in_a_JSON_literal_is_refused_and_nothing_is_written()
    {
        using var document = Ld.Parse("{'@context':{'p':{'@id':'urn:p','@type':'@json'}},'p':{'x':['\\ud800']}}");
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);

        var error = Assert.Throws<JsonLdException>(
            () => new JsonLdProcessor(Ld.NoContexts).Expand(document.RootElement, writer, Ld.Safe));

        Assert.Equal(JsonLdErrors.LoadingDocumentFailed, error.Code);
        Assert.Equal(0, writer.BytesPending + writer.BytesCommitted);
    }

    [Fact]
    public void Every_code_has_a_case()
    {
        var codes = typeof(JsonLdErrors).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(codes.Order(StringComparer.Ordinal), ErrorCases.All.Select(c => c.Code).Distinct().Order(StringComparer.Ordinal));
    }
}
