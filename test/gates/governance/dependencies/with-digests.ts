import { createHash } from 'node:crypto';

/** `sha512-a`, `sha256:1`, `sha512.x`, `10c0/1`, `sha256 = "1"`: what a test writes for a digest. */
const short = /\b(md5|sha1|sha256|sha384|sha512)([-:.]| = ")([\w.-]{1,30})(?![\w./+])|\b(10c0|10)\/([\w.-]{1,30})\b/g;

/** A text in which each digest that a test names shortly has the bytes and the form of one. */
export function withDigests<Text extends string | null>(text: Text): Text | string {
  return text === null ? text : text.replaceAll(short, (_, algorithm = 'sha512', divider = '/', name = '', key = '', keyed = '') => {
    const body = createHash(algorithm).update(`${name}${keyed}`).digest(divider === '-' ? 'base64' : 'hex');
    return key === '' ? `${algorithm}${divider}${body}` : `${key}/${body}`;
  });
}
