using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Fuzzing;

/// <summary>Whatever the input, it is read or refused in the documented way, and what is read keeps its promises.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Any_document_under_any_contexts_is_expanded_and_turned_into_statements_or_refused()
    {
        var (accepted, acceptedUnsafely) = (0, 0);

        Gen.Select(SomeJson.Document, SomeJson.RemoteContext, SomeJson.RemoteContext, Gen.Enum<RdfDirection>()).Sample(
            (document, one, two, direction) =>
            {
                var contexts = Ld.Contexts(new() { ["urn:one"] = one, ["urn:two"] = two });
                var options = Ld.Safe with { RdfDirection = direction };

                var safe = Canonical(document, contexts, options);
                var unsafely = Canonical(document, contexts, options with { Safe = false });
                var again = Canonical(document, contexts, options);
                Interlocked.Add(ref accepted, string.IsNullOrEmpty(safe) ? 0 : 1);
                Interlocked.Add(ref acceptedUnsafely, string.IsNullOrEmpty(unsafely) ? 0 : 1);

                // In safe mode nothing is dropped, so that there is nothing for the other mode to drop.
                return safe == again && (safe is null || safe == unsafely);
            },
            iter: 10_000);

        output.WriteLine($"of 10000 documents {accepted} made statements in safe mode, {acceptedUnsafely} without it");
        Assert.True(accepted > 100);
    }

    [Fact]
    public void A_document_with_any_byte_changed_is_turned_into_statements_or_refused() =>
        Mutated(
            """{"@context":["urn:one",{"@vocab":"urn:v:","p":{"@id":"urn:p","@type":"@id","@container":["@set","@index"]}}],"""
            + """ "@id":"urn:s","p":{"i":["urn:o","_:b"]},"q":[1.5,true,{"@value":"é","@language":"cy"},"""
            + """{"@list":[{"a":"\u00e9"}]}]}""").Sample(
            bytes =>
            {
                JsonDocument document;
                try
                {
                    document = JsonDocument.Parse(bytes);
                }
                catch (JsonException)
                {
                    return true;
                }

                using (document)
                {
                    var contexts = Ld.Contexts(new() { ["urn:one"] = "{'@context':{'a':'urn:a','@language':'en'}}" });
                    var processor = new JsonLdProcessor(contexts);
                    var refusal = Record.Exception(() => Rdfc10.Canonicalize(processor.ToRdf(document.RootElement, Ld.Safe)));
                    return refusal is null or JsonLdException;
                }
            },
            iter: 20_000);

    [Fact]
    public void N_Quads_with_any_byte_changed_are_read_or_refused_and_what_is_read_can_be_written() =>
        Mutated("<urn:s> <urn:p\\u00e9> \"é\\n\\U0001f600\"@en-GB <urn:g> . # one\r\n_:b.1 <urn:p> \"1\"^^<urn:d> _:ŷ .\n").Sample(
            bytes =>
            {
                IReadOnlyList<Quad> quads;
                try
                {
                    quads = NQuadsParser.Parse(bytes);
                }
                catch (NQuadsException e)
                {
                    return e.Line is >= 1 and <= 20;
                }

                return NQuadsParser.Parse(NQuadsWriter.WriteUtf8(quads)).SequenceEqual(quads);
            },
            iter: 50_000);

    private static string? Canonical(string document, ContextStore contexts, JsonLdOptions options)
    {
        try
        {
            using var input = Ld.Parse(document);
            _ = Ld.ExpandAsIs(document, options, contexts);
            var quads = new JsonLdProcessor(contexts).ToRdf(input.RootElement, options);
            var written = NQuadsWriter.WriteUtf8(quads);
            Assert.Equal(quads, NQuadsParser.Parse(written));
            return Encoding.UTF8.GetString(Rdfc10.Canonicalize(quads).NQuads.Span);
        }
        catch (JsonLdException)
        {
            return null;
        }
    }

    /// <summary>Bytes replaced, left out, or said twice.</summary>
    private static Gen<byte[]> Mutated(string text)
    {
        var original = Encoding.UTF8.GetBytes(text);
        var syntax = Encoding.UTF8.GetBytes("\"\\{}[]:,@<>_. \n#^0aé");
        var change = Gen.Select(
            Gen.Int[0, original.Length - 1], Gen.Int[0, 12], Gen.Int[0, 2],
            Gen.OneOf(Gen.Byte, Gen.Int[0, syntax.Length - 1].Select(i => syntax[i])));
        return change.Array[1, 4].Select(changes => changes.Aggregate(original, (bytes, c) =>
        {
            var (at, length, kind, value) = c;
            var start = Math.Min(at, bytes.Length);
            var end = Math.Min(start + length, bytes.Length);
            return kind switch
            {
                0 => [.. bytes[..start], value, .. bytes[Math.Min(start + 1, bytes.Length)..]],
                1 => [.. bytes[..start], .. bytes[end..]],
                _ => [.. bytes[..end], .. bytes[start..]],
            };
        }));
    }
}
