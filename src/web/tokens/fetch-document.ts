import { bytesWithin } from '../../domain/bytes-within.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { parsePayload } from '../parse-payload.ts';

/** One JSON object at an address of the operator's. Rejects on whatever else there is. */
export type FetchDocument = (url: string) => Promise<JsonObject>;

/** Bytes and milliseconds: a set of keys has some kilobytes. */
const limits = { bytes: 256 * 1024, timeoutMs: 5_000 } as const;

/** GET without redirects: who may say where keys come from is the issuer alone. */
export async function fetchDocument(url: string, timeoutMs: number = limits.timeoutMs): Promise<JsonObject> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs), headers: { accept: 'application/json' } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const bytes = await bytesWithin(limits.bytes, response.body);
  if (bytes === null) throw new Error(`more than ${limits.bytes} bytes`);
  const document = parsePayload(bytes);
  if (document.kind === 'unusable') throw new Error(`an answer that ${document.why}`);
  return document.value;
}
