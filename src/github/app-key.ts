import type { KeyObject } from 'node:crypto';
import { readAppKey } from './app-token.ts';

/** The App's private key where it may be replaced while the server runs. */
export interface KeptAppKey {
  /** PEM, as it is in force now. */
  readonly reveal: () => string | null;
  /** Asked after GitHub refused a token that it signed: whether another key is in force by now. */
  readonly renew: () => Promise<boolean>;
}

export interface AppKey {
  current(): KeyObject | Promise<KeyObject>;
  renew(): Promise<boolean>;
}

/** Reads the key at once, so that a wrong one is found at start, and again only when it is another one. */
export function openAppKey(given: string | KeptAppKey): AppKey {
  const { reveal, renew } = typeof given === 'string' ? { reveal: () => given, renew: async () => false } : given;
  const first = reveal() ?? '';
  let read = { pem: first, key: readAppKey(first) };
  return {
    current: () => {
      const pem = reveal() ?? '';
      if (pem !== read.pem) read = { pem, key: readAppKey(pem) };
      return read.key;
    },
    renew,
  };
}
