namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>One statement of an RDF dataset (https://www.w3.org/TR/rdf11-concepts/#section-dataset).</summary>
/// <param name="Subject">An IRI or a blank node.</param>
/// <param name="Predicate">A blank node would be generalized RDF, which this is not.</param>
/// <param name="Object">Any term.</param>
/// <param name="Graph">An IRI or a blank node; null for the default graph.</param>
public readonly record struct Quad(RdfTerm Subject, Iri Predicate, RdfTerm Object, RdfTerm? Graph = null);
