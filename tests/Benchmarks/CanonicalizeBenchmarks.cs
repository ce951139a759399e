using System.Security.Cryptography;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks;

/// <summary>A credential of 67 quads with 10 blank nodes. RDFC-1.0 hashes the quads about twice, so their SHA-256 is the floor.</summary>
public class CanonicalizeBenchmarks
{
    private readonly byte[] _nquads = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Benchmarks", "credential.nq"));
    // A clique of ten, the hardest of PoisonGraphTests to refuse: it must take less than 200 ms.
    private readonly Quad[] _poison =
    [
        .. from a in Enumerable.Range(0, 10)
           from b in Enumerable.Range(0, 10)
           where a != b
           select new Quad(new BlankNode($"n{a}"), new Iri("urn:p"), new BlankNode($"n{b}")),
    ];

    private IReadOnlyList<Quad> _dataset = [];

    [GlobalSetup]
    public void SetUp() => _dataset = NQuadsParser.Parse(_nquads);

    [Benchmark(Baseline = true, Description = "floor: SHA-256 of the quads")]
    public byte[] Floor() => SHA256.HashData(_nquads);

    [Benchmark(Description = "RDFC-1.0")]
    public CanonicalDataset Rdfc() => Rdfc10.Canonicalize(_dataset);

    [Benchmark(Description = "RDFC-1.0 with SHA-384")]
    public CanonicalDataset Rdfc384() => Rdfc10.Canonicalize(_dataset, RdfHash.Sha384);

    [Benchmark(Description = "refuse a poison graph")]
    public JsonLdException? Refuse()
    {
        try
        {
            Rdfc10.Canonicalize(_poison);
            return null;
        }
        catch (JsonLdException refusal)
        {
            return refusal;
        }
    }

    [Benchmark(Description = "parse N-Quads")]
    public IReadOnlyList<Quad> Parse() => NQuadsParser.Parse(_nquads);

    [Benchmark(Description = "write N-Quads")]
    public byte[] Write() => NQuadsWriter.WriteUtf8(_dataset);
}

/// <summary>A credential of 4 kB. One parse of the same bytes is the floor.</summary>
public class JcsBenchmarks
{
    private readonly byte[] _json = File.ReadAllBytes(
        Path.Combine(Repository.Root, "tests", "Hub.Tests", "Signing", "Snapshots", "credential.en.json"));

    [Benchmark(Baseline = true, Description = "floor: JsonDocument.Parse")]
    public int Floor()
    {
        using var document = JsonDocument.Parse(_json);
        return document.RootElement.GetPropertyCount();
    }

    [Benchmark(Description = "JCS of a credential")]
    public byte[] Canonicalize() => JsonCanonicalizer.Canonicalize(_json);
}
