import { Failure } from '../domain/failure.ts';
import type { AuditDraft } from './entry.ts';
import { misfitOfEvent } from './event-form.ts';
import { quote } from './quote.ts';

/**
 * Refuses to append what no reader would expect of its event: a wrong entry stands for ever, a failure stops the effect beside it.
 * @throws Failure STORE_INCONSISTENT
 */
export function refuseMisfit(draft: AuditDraft): void {
  const { account, event, subject, outcome, repository, before = null, after = null, policyDigest = null, inputDigest = null, links = [], payload } = draft;
  const facts = { subject, outcome, repository, before, after, policyDigest, inputDigest, links, ...(payload === undefined ? {} : { payload }) };
  const misfit = misfitOfEvent(event, facts, 'appended') ?? (actors.test(draft.actor) ? null : 'its actor is not of the form of one') ?? (draft.rationale === '' ? 'its rationale is empty' : null);
  if (misfit === null) return;
  throw new Failure('STORE_INCONSISTENT', `Cannot append to the audit log of account ${account}: an entry ${event} about ${quote(subject)} does not have the form of its event: ${misfit}. Nothing was changed. Nothing in your change caused this: it is an error in Plumbline.`);
}

/** As `actorOf` and `actorsOf` begin. A login is whatever GitHub says that it is. A token of the API is named by its subject. */
const actors = /^(?:system$|unknown(?:$|, )|(?:user|app|token):[\s\S])/;
