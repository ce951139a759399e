// Where the packages get what they need: contexts from where the hub has them, everything else from the hub, over HTTPS.
import { readFileSync } from 'node:fs';
import { Resolver } from 'did-resolver';
import * as webDid from 'web-did-resolver';

const contexts = new URL('../../../functions/OpenBadges/Resources/contexts/', import.meta.url);
const documents = new Map();
for (const { url, aliases = [], texts: [newest] } of JSON.parse(readFileSync(new URL('index.json', contexts), 'utf8'))) {
  const document = JSON.parse(readFileSync(new URL(newest.file, contexts), 'utf8'));
  for (const address of [url, ...aliases]) {
    documents.set(address, document);
  }
}

/** As the loaders of the field ask. */
export const json = 'application/ld+json, application/json';

export const resolver = new Resolver(webDid.getResolver());

export const fetchText = async (url, accept) => {
  const response = await fetch(url, { headers: { accept } });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.text();
};

const resolve = async did => {
  const { didDocument, didResolutionMetadata: { error, message } } = await resolver.resolve(did);
  if (error) {
    throw new Error(`${did}: ${error} ${message}`);
  }
  return didDocument;
};

/** Of a DID, its document; of an address, what is there. */
const documentOf = async id => id.startsWith('did:') ? resolve(id) : JSON.parse(await fetchText(id, json));

/** One method of it (https://www.w3.org/TR/cid-1.0/#retrieve-verification-method). */
export const method = async id => {
  const found = (await documentOf(id.split('#')[0])).verificationMethod.find(m => m.id === id);
  if (!found) {
    throw new Error(`${id} is not in its document`);
  }
  return found;
};

/** As the packages for JSON-LD want it. They ask for the same again and again, so what was fetched is kept. */
export const documentLoader = async url => {
  if (!documents.has(url)) {
    const document = url.includes('#')
      ? { '@context': 'https://w3id.org/security/multikey/v1', ...await method(url) }
      : await documentOf(url);
    documents.set(url, document);
  }
  return { documentUrl: url, contextUrl: null, document: documents.get(url) };
};
