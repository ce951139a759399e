// The peers' half of the command `peers`: measures what JavaScript's libraries need for the same credential.
//
// Reads lines of {"operation", "milliseconds"}, does the operation for so long, and answers each with {"microseconds"} per operation.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { cryptosuite as rdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as sd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import jsonld from 'jsonld';

const contexts = new URL('../../../functions/OpenBadges/Resources/contexts/', import.meta.url);
const documents = new Map();
for (const { url, aliases = [], texts: [newest] } of JSON.parse(readFileSync(new URL('index.json', contexts), 'utf8'))) {
  const document = JSON.parse(readFileSync(new URL(newest.file, contexts), 'utf8'));
  for (const address of [url, ...aliases]) {
    documents.set(address, document);
  }
}

const documentLoader = async url => {
  if (!documents.has(url)) {
    throw new Error(`${url} is not one of the known documents`);
  }
  return { documentUrl: url, contextUrl: null, document: documents.get(url) };
};

const key = await EcdsaMultikey.generate({ curve: 'P-256' });
key.controller = `did:key:${key.publicKeyMultibase}`;
key.id = `${key.controller}#${key.publicKeyMultibase}`;
const method = await key.export({ publicKey: true, includeContext: true });
documents.set(key.id, method);
documents.set(key.controller, {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id: key.controller,
  verificationMethod: [{ ...method, '@context': undefined }],
  assertionMethod: [key.id],
});

const { mandatory, shown } = JSON.parse(readFileSync(new URL('pointers.json', import.meta.url), 'utf8'));
const credential = JSON.parse(readFileSync(new URL('credential.json', import.meta.url), 'utf8'));
const own = { ...credential, issuer: { ...credential.issuer, id: key.controller } };

const issue = cryptosuite => vc.issue({
  credential: { ...own }, documentLoader, suite: new DataIntegrityProof({ signer: key.signer(), cryptosuite }),
});
const createBase = () => issue(sd.createSignCryptosuite({ mandatoryPointers: mandatory }));
const verify = async (credential, cryptosuite) => {
  const result = await vc.verifyCredential({
    credential, documentLoader, suite: new DataIntegrityProof({ cryptosuite }), checkStatus: () => ({ verified: true }),
  });
  if (!result.verified) {
    throw result.error;
  }
};
const derive = base => vc.derive({
  verifiableCredential: base,
  documentLoader,
  suite: new DataIntegrityProof({ cryptosuite: sd.createDiscloseCryptosuite({ selectivePointers: shown }) }),
});

const signed = await issue(rdfc);
const base = await createBase();
const derived = await derive(base);

const operations = {
  'canonicalize': () => jsonld.canonize(credential, { algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: true }),
  'ecdsa-rdfc-2019 issue': () => issue(rdfc),
  'ecdsa-rdfc-2019 verify': () => verify(signed, rdfc),
  'ecdsa-sd-2023 base proof': createBase,
  'ecdsa-sd-2023 derive': () => derive(base),
  'ecdsa-sd-2023 verify derived': () => verify(derived, sd.createVerifyCryptosuite()),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { operation, milliseconds } = JSON.parse(line);
  const started = performance.now();
  let count = 0;
  do {
    await operations[operation]();
    count++;
  } while (performance.now() - started < milliseconds);
  console.log(JSON.stringify({ microseconds: ((performance.now() - started) * 1000) / count }));
}
