import type { LastSaid, RemediationPullRecord, RemediationRecord } from '../../domain/remediation/remediation-record.ts';
import { repositoryShape } from './repository-shape.ts';
import { flag, integer, list, nullable, object, oneOf, orElse, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

export const remediationForm = storedForm<RemediationRecord>('a remediation', object({ repository: repositoryShape, fingerprint: text, behavior: text, target: text, baseBranch: text, at: text }));

export const lastSaidForm = storedForm<LastSaid>('what was said of a remediation', object({ row: nullable(integer), reason: text, pullRequest: nullable(text), about: text }));

export const plannedPathsForm = storedForm<readonly string[]>('the paths of a plan', list(text));

const recordedHead = object({ head: text, plan: text, holdsOthersCommits: flag });

export const remediationPullForm = storedForm<RemediationPullRecord>(
  'a pull request of a remediation',
  object({ number: integer, recorded: nullable(recordedHead), toldHead: nullable(text), takenOverAt: nullable(text), whyClosed: nullable(oneOf('clean', 'gone', 'superseded', 'duplicate', 'rolled_back')), verifiedAt: nullable(text), canReopen: flag, openedAt: nullable(text) }, { mergeToldAt: orElse(nullable(text), null) }),
);
