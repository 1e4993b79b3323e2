import type { InclusionProof } from '../../../audit/log-proof.ts';
import { Failure } from '../../../domain/failure.ts';
import type { AuditReader, StoredEntry } from '../../../flows/ports/audit-log.ts';
import type { StoreSearch } from '../../../flows/ports/store-search.ts';
import { wholeEntryForm } from '../entry-form.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readEntry = {
  method: 'get',
  path: '/audit/{entry}',
  summary: 'One entry, with its leaf, what opens it, and the proof that it stands in the log.',
  roles: auditingRoles,
  inPath: { entry: parameters.entry },
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'The entry.', type: 'application/json', schema: { $ref: '#/components/schemas/Entry' } } },
  problems: { 404: '`not_found`: the log of the account has no such entry.' },
} as const satisfies OperationShape;

export interface ReadEntryPorts {
  readonly search: StoreSearch;
  readonly audit: AuditReader;
  /** Null: no checkpoint covers it yet. */
  readonly proveEntry: (account: number, stored: StoredEntry) => Promise<InclusionProof | null>;
}

export async function answerEntry({ search, audit, proveEntry }: ReadEntryPorts, { path }: Asked<typeof readEntry>, { account }: Reading): Promise<ApiAnswer> {
  const name = path.entry ?? '';
  const stored = /^\d+$/.test(name) ? await entryAt(audit, account, Number(name)) : await search.entry(account, name);
  if (stored === null) return problemAnswer({ status: 404, code: 'not_found', detail: `The log of account ${account} has no such entry.` });
  return { kind: 'json', status: 200, value: wholeEntryForm(account, stored, await proveEntry(account, stored)) };
}

/** Null beyond the end. A reader gives what comes from there on. */
async function entryAt(audit: AuditReader, account: number, sequence: number): Promise<StoredEntry | null> {
  const [stored] = await audit.entries(account, sequence, 1);
  if (stored === undefined || stored.sequence === sequence) return stored ?? null;
  throw new Failure('AUDIT_TAMPERED', `Cannot show entry ${sequence} of account ${account}: the store has none, and later ones. Verify the store with plumbline audit verify store.`);
}
