import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject } from '../domain/json-value.ts';

/** The account whose turn a job takes: that of its repository, 0 for the server's own jobs. */
export function accountOf(payload: JsonObject): number {
  const repository = payload['repository'];
  const account = isJsonObject(repository) ? repository['account'] : undefined;
  const id = isJsonObject(account) ? account['id'] : undefined;
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : 0;
}
