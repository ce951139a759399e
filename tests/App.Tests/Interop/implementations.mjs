// Each package with its own way to say yes: it returns, or throws the reason.
import { readFileSync } from 'node:fs';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as rdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as digitalBazaar from '@digitalbazaar/vc';
import { checkStatus, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import * as digitalCredentials from '@digitalcredentials/vc';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { verifyCredential } from 'did-jwt-vc';
import * as jose from 'jose';
import { documentLoader, fetchText, method, resolver } from './loading.mjs';

const payloadOf = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'));

const issuerOf = ({ issuer }) => issuer.id ?? issuer;

// Open Badges 3.0, 8.2.4: the kid is the address of a JWK. Of a DID it is a method of its document.
const keyOf = async ({ kid, alg }) =>
  jose.importJWK(kid.startsWith('did:') ? (await method(kid)).publicKeyJwk : JSON.parse(await fetchText(kid, '*/*')), alg);

const proven = async (token, key = keyOf) => {
  const { payload } = await jose.jwtVerify(token, key, { algorithms: ['ES256', 'RS256'], issuer: issuerOf(payloadOf(token)) });
  return payload;
};

const jwksOf = new Map();
const jwks = issuer => {
  const url = new URL('/.well-known/jwks.json', issuer);
  if (!jwksOf.has(url.href)) {
    jwksOf.set(url.href, jose.createRemoteJWKSet(url));
  }
  return jwksOf.get(url.href);
};

const listed = new Map();
const listOf = async url => {
  if (!listed.has(url)) {
    listed.set(url, await proven(await fetchText(url, '*/*')));
  }
  return listed.get(url);
};

const current = async credential => {
  const { statusListCredential, statusListIndex } = credential.credentialStatus;
  const list = await listOf(statusListCredential);
  if (issuerOf(list) !== issuerOf(credential)) {
    throw new Error('The list is of another issuer');
  }
  if ((await decodeList(list.credentialSubject)).getStatus(Number(statusListIndex))) {
    throw new Error('The status is set');
  }
};

const token = (name, takes, key) => ({
  name,
  takes: subject => subject.isToken && subject.kind !== 'profile' && subject.what !== 'shape' && takes(subject),
  check: async (text, { kind }) => {
    const credential = await proven(text, key === undefined ? keyOf : key(payloadOf(text).iss));
    if (kind === 'badge') {
      await current(credential);
    }
  },
});

// It knows issuers that are DIDs, and does not ask whether a badge was taken back.
const didJwt = (name, options) => ({
  name,
  takes: ({ isToken, identifier, what }) => isToken && identifier === 'did:web' && what !== 'shape' && what !== 'taken back',
  check: text => verifyCredential(text, resolver, options),
});

const suite = () => [
  new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
  new DataIntegrityProof({ cryptosuite: rdfc }),
];

const embedded = (name, vc) => ({
  name,
  takes: ({ isToken, kind, what }) => !isToken && kind !== 'profile' && what !== 'shape',
  check: async text => {
    const credential = JSON.parse(text);
    const { verified, error, statusResult } = await vc.verifyCredential({
      credential,
      suite: suite(),
      documentLoader,
      checkStatus: options => credential.credentialStatus
        ? checkStatus({ ...options, verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true })
        : { verified: true },
    });
    if (!verified) {
      throw error;
    }
    // That the status could be read is one answer of theirs, and what it is another.
    if (statusResult?.results?.some(({ status }) => status)) {
      throw new Error('The status is set');
    }
  },
});

const schema = ({ achievement, profile }) => {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats(ajv);
  const validators = { badge: ajv.compile(JSON.parse(achievement)), profile: ajv.compile(JSON.parse(profile)) };
  return {
    name: 'ajv',
    takes: ({ kind, what }) => kind in validators && (what === 'original' || what === 'shape'),
    check: (text, { kind }) => {
      const validate = validators[kind];
      if (!validate(text.startsWith('{') ? JSON.parse(text) : payloadOf(text))) {
        throw new Error(ajv.errorsText(validate.errors));
      }
    },
  };
};

export const implementations = schemas => [
  token('jose, by kid', () => true),
  token('jose, by JWKS', ({ identifier }) => identifier === 'https', jwks),
  didJwt('did-jwt-vc', {}),
  didJwt('did-jwt-vc, format: false', { policies: { format: false } }),
  embedded('@digitalbazaar/vc', digitalBazaar),
  embedded('@digitalcredentials/vc', digitalCredentials),
  schema(Object.fromEntries(Object.entries(schemas).map(([name, file]) => [name, readFileSync(file, 'utf8')]))),
];
