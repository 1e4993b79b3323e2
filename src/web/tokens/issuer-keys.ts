import { createLocalJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import type { FetchDocument } from './fetch-document.ts';

/** The keys of an issuer are out of reach, and what is known of them is too old or does not help. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface IssuerKeysPorts {
  readonly fetchDocument: FetchDocument;
  readonly clock: Clock;
}

/**
 * Milliseconds. `fresh`: keys are used without asking. `stale`: they are still used while the issuer does not answer. `coolDown`:
 * between two questions, whoever sends tokens and however many.
 */
const ages = { fresh: 10 * 60_000, stale: 12 * 3_600_000, coolDown: 30_000 } as const;

interface Known {
  readonly keys: JWTVerifyGetKey;
  readonly at: number;
}

/**
 * Finds the key of a token by the issuer's discovery document (OpenID Connect Discovery 1.0) and key set (RFC 7517). One question at
 * a time, and few: an unknown key asks anew, but not more often than the cool-down lets it.
 */
export function createIssuerKeys(issuer: string, { fetchDocument, clock }: IssuerKeysPorts): JWTVerifyGetKey {
  let known: Known | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    asking ??= (async () => {
      askedAt = clock.now().getTime();
      known = { keys: await readKeys(issuer, fetchDocument), at: clock.now().getTime() };
    })().finally(() => {
      asking = null;
    });
    await asking;
  };
  const since = (at: number): number => clock.now().getTime() - at;
  // What is still to come was done while the clock was ahead: nothing waits for it.
  const mayAsk = (): boolean => asking !== null || since(askedAt) >= ages.coolDown || since(askedAt) < 0;
  const fresh = (): JWTVerifyGetKey | null => (known !== null && since(known.at) >= 0 && since(known.at) < ages.fresh ? known.keys : null);
  const stale = (): JWTVerifyGetKey | null => (known !== null && Math.abs(since(known.at)) < ages.stale ? known.keys : null);
  const current = async (): Promise<JWTVerifyGetKey> => {
    const found = fresh();
    if (found !== null) return found;
    const trouble = mayAsk() ? await ask().then(() => null, messageOf) : 'it was asked just now';
    const keys = trouble === null ? fresh() : stale();
    if (keys === null) throw new KeysUnavailable(`the keys of its issuer can not be had: ${trouble ?? 'the clock was moved'}`);
    return keys;
  };

  return async (header, token) => {
    const keys = await current();
    try {
      return await keys(header, token);
    } catch (thrown) {
      if (!(thrown instanceof errors.JWKSNoMatchingKey)) throw thrown;
      // Somebody else asked meanwhile.
      if (known !== null && known.keys !== keys) return await known.keys(header, token);
      if (!mayAsk()) throw thrown;
    }
    // Keys were rotated, perhaps.
    const trouble = await ask().then(() => null, messageOf);
    if (trouble !== null) throw new KeysUnavailable(`its key is not known, and the keys of its issuer can not be had anew: ${trouble}`);
    return await (await current())(header, token);
  };
}

async function readKeys(issuer: string, fetchDocument: FetchDocument): Promise<JWTVerifyGetKey> {
  const discovery = await fetchDocument(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (discovery['issuer'] !== issuer) throw new Error('its discovery document names another issuer');
  const address = typeof discovery['jwks_uri'] === 'string' ? URL.parse(discovery['jwks_uri']) : null;
  const own = new URL(issuer);
  if (address === null || (address.protocol !== 'https:' && !(own.protocol === 'http:' && address.host === own.host))) throw new Error('its discovery document names no https address of keys');
  const set = await fetchDocument(address.href);
  if (!isKeySet(set)) throw new Error('it answers no set of keys');
  return createLocalJWKSet(set);
}

/** Keys of a kind that nobody asked for are refused when one of them is used: `algorithms` says which may be. */
function isKeySet(set: JsonObject): set is JsonObject & JSONWebKeySet {
  const { keys } = set;
  return Array.isArray(keys) && keys.length > 0 && keys.length <= 100 && keys.every((key) => isJsonObject(key) && typeof key['kty'] === 'string' && key['kty'] !== 'oct');
}

function messageOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.message : null;
  return cause ?? (thrown instanceof Error ? thrown.message : String(thrown));
}
