import type { JsonObject } from '../../domain/json-value.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { pullRequestNumber } from '../../domain/subject.ts';
import { isWithoutDetails } from '../../domain/without-details.ts';
import type { DecisionRecord } from '../../flows/ports/decision-store.ts';
import { decisionRecord } from '../../render/decision-json.ts';

/** What a list tells of a decision. */
export function decisionSummary({ id, repository, subject, entry, baseBranch, decision, decidedAt }: DecisionRecord): JsonObject {
  const { decision: outcome, cause, head, validUntil } = decision;
  return {
    id,
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    pullRequest: pullRequestNumber(subject),
    subject,
    entry,
    baseBranch,
    decidedAt: decidedAt.toISOString(),
    decision: outcome,
    cause,
    head,
    validUntil,
  };
}

/** The same with the whole record. */
export function decisionForm(record: DecisionRecord): JsonObject {
  return { ...decisionSummary(record), erased: isWithoutDetails(record.decision), record: decisionRecord(record.decision) };
}
