import { createPrivateKey, createPublicKey } from 'node:crypto';
import { rawPublicKey } from '../audit/log-key.ts';
import { pemOf, pemTextOf } from './private-key.ts';
import { Secret } from './secret.ts';
import { bad, good } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import { textOrFileSetting } from './text-or-file.ts';
import type { ReadText } from './text-or-file.ts';

const expected = 'expected Ed25519 keys in PEM form, public or private, one after the other';

export interface PreviousLogKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** PKCS#8 PEM; signs the statement about its successor, and nothing else. Null where only the public half is left. */
  readonly privateKey: Secret | null;
}

/** Keys that signed the audit log before LOG_KEY was replaced, from LOG_KEY_PREVIOUS or the file that LOG_KEY_PREVIOUS_PATH names. */
export function previousLogKeysSetting(environment: Environment, readText: ReadText): Setting<readonly PreviousLogKey[]> {
  const given = textOrFileSetting(environment, 'LOG_KEY_PREVIOUS', readText);
  if (given.kind === 'bad') return given;
  if (given.value === null) return good([]);
  const { name, text } = given.value;
  const pem = pemTextOf(text);
  const blocks = [...pem.matchAll(block)].map(([one]) => one);
  if (blocks.length === 0 || pem.replaceAll(block, '').trim() !== '') return bad(`${name} holds something else than keys, ${expected}`);
  const keys = blocks.map(keyIn);
  const broken = keys.indexOf(null);
  if (broken !== -1) return bad(`${name} holds no Ed25519 key in its block ${broken + 1} of ${blocks.length}, ${expected}`);
  return good(keys.filter((key) => key !== null));
}

const block = /-----BEGIN ([A-Z ]{1,40})-----[\s\S]*?-----END \1-----/g;

/** Null when it is none. The parser's own error is dropped: it may quote key material. */
function keyIn(pem: string): PreviousLogKey | null {
  try {
    const publicKey = rawPublicKey(createPublicKey(pem));
    return { publicKey, privateKey: pem.includes('PRIVATE KEY-----') ? new Secret(pemOf(createPrivateKey(pem))) : null };
  } catch {
    return null;
  }
}
