// Copies of which one thing is changed, and badges out of pictures.
import { isDeepStrictEqual } from 'node:util';

const otherLetter = text => (text[0] === 'X' ? 'Y' : 'X') + text.slice(1);

const edits = [
  ['name', json => json, 'name', otherLetter],
  ['name of the issuer', json => json.issuer, 'name', otherLetter],
  ['name of the achievement', json => json.credentialSubject?.achievement, 'name', otherLetter],
  ['status index', json => json.credentialStatus, 'statusListIndex', index => String(Number(index) ^ 1)],
  ['bits of a list', json => json.credentialSubject, 'encodedList', bits => bits.slice(0, -1) + (bits.at(-1) === 'A' ? 'B' : 'A')],
  // Of either kind of proof the twentieth character is within the issuer's signature.
  ['signature', json => json.proof, 'proofValue', value => value.slice(0, 20) + (value[20] === 'a' ? 'b' : 'a') + value.slice(21)],
];

/**
 * The text with another value there; undefined if it has none. Of what a token signs no other byte may change; a proof within is over what
 * JSON means, however it is written.
 */
const edited = (text, isToken, holderOf, member, change) => {
  const json = JSON.parse(text);
  const holder = holderOf(json);
  if (holder?.[member] === undefined) {
    return undefined;
  }
  const was = JSON.stringify(holder[member]);
  holder[member] = change(holder[member]);
  if (!isToken) {
    return JSON.stringify(json);
  }
  for (let at = text.indexOf(was); at >= 0; at = text.indexOf(was, at + 1)) {
    const copy = text.slice(0, at) + JSON.stringify(holder[member]) + text.slice(at + was.length);
    if (isDeepStrictEqual(JSON.parse(copy), json)) {
      return copy;
    }
  }
  throw new Error(`${member} is not written as ${was}`);
};

const misshapen = text => {
  const json = JSON.parse(text);
  if (json.credentialSubject?.achievement) {
    delete json.credentialSubject.achievement.criteria;
  } else {
    delete json.id;
  }
  return JSON.stringify(json);
};

const copiesOf = (text, isToken) => [
  ...edits.map(([what, ...edit]) => [what, edited(text, isToken, ...edit)]).filter(([, copy]) => copy),
  ['shape', misshapen(text)],
];

/** Each as what was changed, and the copy. */
export const changedCopies = text => {
  if (text.startsWith('{')) {
    return copiesOf(text, false);
  }

  const [header, payload, signature] = text.split('.');
  const bits = Buffer.from(signature, 'base64url');
  bits[10] ^= 1;
  return [
    ...copiesOf(Buffer.from(payload, 'base64url').toString('utf8'), true)
      .map(([what, copy]) => [what, `${header}.${Buffer.from(copy).toString('base64url')}.${signature}`]),
    ['signature', `${header}.${payload}.${bits.toString('base64url')}`],
  ];
};

/** https://www.imsglobal.org/spec/ob/v3p0/#baking */
export const pictured = picture => picture[0] === 0x89 ? ofPng(picture) : ofSvg(picture.toString('utf8'));

const ofPng = png => {
  for (let at = 8; at < png.length;) {
    const [length, type] = [png.readUInt32BE(at), png.toString('latin1', at + 4, at + 8)];
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'iTXt' && data.toString('latin1').startsWith('openbadgecredential\0\0\0\0\0')) {
      return data.toString('utf8', 'openbadgecredential'.length + 5);
    }
    at += length + 12;
  }
  throw new Error('No badge is in this PNG');
};

const ofSvg = svg => {
  const [, attributes, content] = /<openbadges:credential([^>]*?)(?:\/>|>([\s\S]*?)<\/openbadges:credential>)/.exec(svg);
  return /verify="([^"]+)"/.exec(attributes)?.[1] ?? /<!\[CDATA\[([\s\S]*)\]\]>/.exec(content)[1].trim();
};
