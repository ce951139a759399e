// Canonicalizes JSON-LD documents with jsonld.js and rdf-canonize, for the differential test.
//
//   node canonicalize.mjs documents.json answers.json
//
// documents.json is an array of documents, each as text, so that numbers are read from what was written. answers.json is an array of
// { nquads } or { error }. Contexts come from where the hub has them and from nowhere else.
import { readFileSync, writeFileSync } from 'node:fs';
import jsonld from 'jsonld';
import { canonize } from 'rdf-canonize';

const contexts = new URL('../../../functions/OpenBadges/Resources/contexts/', import.meta.url);
const texts = new Map();
for (const { url, aliases = [], texts: [newest] } of JSON.parse(readFileSync(new URL('index.json', contexts), 'utf8'))) {
  for (const address of [url, ...aliases]) {
    texts.set(address, newest.file);
  }
}

const documentLoader = async url => {
  if (!texts.has(url)) {
    throw new Error(`${url} is not one of the known contexts`);
  }
  return { documentUrl: url, contextUrl: null, document: JSON.parse(readFileSync(new URL(texts.get(url), contexts), 'utf8')) };
};

const answer = async text => {
  try {
    // By way of N-Quads, whose parser takes each statement once: a dataset is a set, and jsonld.canonize passes on what is said twice.
    const input = await jsonld.toRDF(
      JSON.parse(text), { format: 'application/n-quads', safe: true, rdfDirection: 'i18n-datatype', documentLoader });
    const options = { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads', maxWorkFactor: 3 };
    return { nquads: await canonize(input, options) };
  } catch (error) {
    return { error: `${error.message} ${JSON.stringify(error.details ?? {})}` };
  }
};

const [documents, answers] = process.argv.slice(2);
const results = [];
for (const text of JSON.parse(readFileSync(documents, 'utf8'))) {
  results.push(await answer(text));
}
writeFileSync(answers, JSON.stringify(results));
