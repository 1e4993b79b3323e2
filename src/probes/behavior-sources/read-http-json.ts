import { readDocument } from '../../domain/document/read-document.ts';
import { quoted } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { noSignal } from './no-signal.ts';
import type { NoSignal } from './no-signal.ts';
import type { SourceReader } from './source-reader.ts';

export interface HttpJsonSource {
  readonly url: string;
  /** As in `SourceRequest`. */
  readonly secret: string | null;
}

/** `value` is what a service says: untrusted, within the limits of a governed document. */
export type HttpJsonAnswer = { readonly kind: 'document'; readonly value: JsonValue } | NoSignal;

/** The JSON that a service answers with status 200, read as strictly as a governed file. */
export async function readHttpJson(reader: SourceReader, source: HttpJsonSource): Promise<HttpJsonAnswer> {
  const answer = await reader.read({ ...source, status: 200 });
  if (answer.kind === 'no-signal') return answer;
  if (answer.kind === 'other-status') return noSignal(`${hostOf(source.url)} ${statusInWords(answer.status, source.secret !== null)}, expected 200`);
  return documentIn(answer.bytes, source.url);
}

export function documentIn(bytes: Uint8Array, url: string): HttpJsonAnswer {
  const reading = readDocument(bytes, 'json');
  if (reading.kind === 'document') return { kind: 'document', value: reading.document.value };
  // What the reader found is text of the service, and is not repeated: the place will do.
  const { reason, position } = reading.problem;
  return noSignal(`${hostOf(url)} answered what can not be read (${reason} at line ${position.line}, column ${position.column}), expected JSON in UTF-8, each name once, numbers that a double keeps`);
}

export function hostOf(url: string): string {
  return quoted(URL.parse(url)?.host ?? '');
}

export function statusInWords(status: number, hasSecret: boolean): string {
  if (status === 401 || status === 403) return `${hasSecret ? 'refused the secret' : 'demands a secret'} (${status})`;
  return `answered ${status}`;
}
