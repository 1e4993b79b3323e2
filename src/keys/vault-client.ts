import { quote } from '../audit/quote.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { callService, refusedAnswer } from './service-call.ts';
import type { CallSettings, Refusal, ServiceAnswer } from './service-call.ts';

export interface VaultOptions {
  /** `https://<host>:8200`, without `/v1`. */
  readonly url: string;
  /** Of Vault Enterprise and HCP; null: none. */
  readonly namespace: string | null;
  /** Read anew whenever a token was refused: an agent beside this process may have written another one. */
  readonly readToken: () => string;
  readonly call: CallSettings;
}

/** Asks Vault. A null input reads. @returns What stands under `data`. */
export type AskVault = (path: string, input: JsonObject | null, what: string) => Promise<JsonObject>;

export function connectVault({ url, namespace, readToken, call }: VaultOptions): AskVault {
  let token: string | null = null;
  const renew = async (): Promise<void> => {
    token = null;
  };
  return async (path, input, what) => {
    const request = async () => {
      token ??= readToken();
      const headers = { 'x-vault-token': token, 'x-vault-request': 'true', accept: 'application/json', ...(namespace === null ? {} : { 'x-vault-namespace': namespace }) };
      const address = `${url}/v1/${path}`;
      return input === null ? { method: 'GET' as const, url: address, headers } : { method: 'POST' as const, url: address, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(input) };
    };
    const { data } = await callService({ what, request, refusalOf, renew }, call);
    if (!isJsonObject(data)) throw refusedAnswer(what, 'an answer without data', 'an object');
    return data;
  };
}

/** 403 is both a token that ended and one that may not; 503 a Vault that is sealed, 412 a replica that is behind. */
function refusalOf({ status, body }: ServiceAnswer): Refusal {
  if (status === 200) return null;
  const why = `status ${status} ${errorsIn(body['errors'])}`;
  if (status >= 500 || status === 429 || status === 412) return { kind: 'unavailable', why };
  return { kind: status === 403 ? 'login' : 'refused', why };
}

function errorsIn(errors: JsonValue | undefined): string {
  return Array.isArray(errors) && errors.length > 0 ? quote(errors.map(String).join('; ')) : 'without a reason';
}
