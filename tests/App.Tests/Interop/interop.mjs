// Asks other people's packages about what the hub signed, for InteropTests.
//
//   node interop.mjs questions.json answers.json
//
// questions.json has the hub's address, the published schemas and the badges; answers.json is an array of
// { form, identifier, implementation, what, refusal }: what was asked about, and why it was refused, or null if it was accepted.
import { readFileSync, writeFileSync } from 'node:fs';
import { fetchText, json } from './loading.mjs';
import { changedCopies, pictured } from './changes.mjs';
import { implementations } from './implementations.mjs';

const { schemas, badges, lists, profiles } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ask = implementations(schemas);
const answers = [];

const refusal = async check => {
  try {
    await check();
    return null;
  } catch (error) {
    return [error.message, ...(error.errors ?? []).map(e => e.message)].join(' ') || String(error);
  }
};

const answer = async (subject, what, text) => {
  const isToken = !text.startsWith('{');
  for (const { name, takes, check } of ask) {
    if (takes({ ...subject, isToken, what })) {
      answers.push({
        form: subject.form, identifier: subject.identifier, implementation: name, what, refusal: await refusal(() => check(text, subject)),
      });
    }
  }
};

/** As city.json names it. */
const proofOf = text => text.startsWith('{')
  ? JSON.parse(text).proof.cryptosuite
  : `jwt-${JSON.parse(Buffer.from(text.split('.')[0], 'base64url')).alg.toLowerCase()}`;

const answerAll = async (subject, text) => {
  await answer(subject, 'original', text);
  for (const [what, changed] of changedCopies(text)) {
    await answer(subject, what, changed);
  }
};

for (const { text, picture, isRevoked, ...badge } of badges) {
  const given = picture ? pictured(Buffer.from(picture, 'base64')) : text;
  await (isRevoked ? answer({ ...badge, kind: 'badge' }, 'taken back', given) : answerAll({ ...badge, kind: 'badge' }, given));
}

for (const { url, identifier } of lists) {
  for (const text of [await fetchText(url, '*/*'), await fetchText(url, json)]) {
    await answerAll({ form: `status list, ${proofOf(text)}`, identifier, kind: 'list' }, text);
  }
}

for (const { url, identifier } of profiles) {
  await answerAll({ form: 'profile of the city', identifier, kind: 'profile' }, await fetchText(url, json));
}

writeFileSync(process.argv[3], JSON.stringify(answers));
