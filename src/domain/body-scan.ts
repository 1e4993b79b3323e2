import { digestOfBytes } from './digest.ts';
import type { RequestOf } from './probe-request.ts';
import type { Snapshot } from './snapshot.ts';

/** What is asked about secrets in every text of a pull request that a snapshot holds: it is kept with the decision. */
export function bodyScans({ change }: Pick<Snapshot, 'change'>): readonly RequestOf<'secrets'>[] {
  return [change.body, ...(change.members ?? []).map(({ body }) => body)].flatMap((body) => (body === undefined ? [] : [bodyScan(body)]));
}

/** About one text. It is no blob of git: its digest stands for it. */
export function bodyScan(body: string): RequestOf<'secrets'> {
  return { kind: 'secrets', blob: digestOfBytes(body), path: 'body.md', text: body };
}
