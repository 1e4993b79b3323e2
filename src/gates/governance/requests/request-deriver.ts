import type { Action, Tier } from '../../../domain/action/action.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import type { Configuration } from '../../../domain/configuration/configuration.ts';
import { member } from '../../../domain/configuration/member.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { quoted } from '../../../domain/finding.ts';
import { isBefore } from '../../../domain/instant.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import type { ActionRequest } from '../../../domain/request/action-request.ts';
import { readRequest } from '../../../domain/request/read-request.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { unreadSide } from '../unread-side.ts';
import { expiredRequest, invalidRequest, unreadableRequest } from './request-invalid.ts';

/** What a change asks for by action requests. Withdrawing one asks for nothing. */
export const requestDeriver: Deriver = { name: 'action requests', plan, derive };

function plan({ snapshot }: ChangeToDerive): readonly ProbeRequest[] {
  return requestFiles(snapshot).flatMap(({ base, head }) => [sideRequest(base), sideRequest(head)].filter((request) => request !== null));
}

function derive(change: ChangeToDerive): Derived {
  const derived = requestFiles(change.snapshot).map((file) => deriveFile(change, file));
  return { actions: derived.flatMap(({ actions }) => actions), findings: derived.flatMap(({ findings }) => findings) };
}

function requestFiles(snapshot: ChangeToDerive['snapshot']): readonly SnapshotFile[] {
  return changedFiles(snapshot).filter(({ roles, head }) => roles.includes('request') && head !== null);
}

const nothing: Derived = { actions: [], findings: [] };

function deriveFile({ snapshot, configuration, evidence }: ChangeToDerive, file: SnapshotFile): Derived {
  const { path } = file;
  const [base, head] = [readDocumentSide(file.base, path, evidence), readDocumentSide(file.head, path, evidence)];
  switch (head.kind) {
    case 'unavailable':
      return { actions: [], findings: [unreadSide(path, 'head', head.why)] };
    case 'absent':
      return nothing;
    case 'unreadable':
      return { actions: [], findings: [unreadableRequest(path, head.why)] };
    case 'document': {
      if (base.kind === 'unavailable') return { actions: [], findings: [unreadSide(path, 'base', base.why)] };
      const { document } = head;
      const reading = readRequest(document.value);
      if (reading.kind === 'invalid') return { actions: [], findings: reading.violations.map((violation) => invalidRequest(path, violation, document)) };
      if (base.kind === 'document' && canonicalText(base.document.value) === canonicalText(document.value)) return nothing;
      const expired = isBefore(snapshot.now, reading.request.expires) ? [] : [expiredRequest(path, reading.request, document)];
      return { actions: [actionOf(path, reading.request, document.value, configuration)], findings: expired };
    }
  }
}

function actionOf(path: string, request: ActionRequest, value: JsonValue, configuration: Configuration): Action {
  const { action, target, rationale, playbook, expires } = request;
  return {
    action: `request.${action}`,
    tier: tierOf(request, configuration),
    subject: { path },
    paths: [path],
    why: `Asks for \`${action}\` of ${quoted(target)} until ${expires.slice(0, 16).replace('T', ' ')} UTC: ${quoted(rationale)}.`,
    evidence: { target, rationale, playbook, expires, request: digestOfValue(value) },
    place: { path, line: 1, column: 1 },
    finding: null,
    remedy: null,
  };
}

/** As configured, unlisted 3; what the request declares can only raise it. */
function tierOf({ action, tier }: ActionRequest, configuration: Configuration): Tier {
  const tiers = member.object(member.object(member.object(configuration.document, 'governance'), 'requests'), 'tiers');
  const configured = Object.hasOwn(tiers, action) ? tiers[action] : 3;
  const listed = configured === 1 || configured === 2 || configured === 4 ? configured : 3;
  return tier !== null && tier > listed ? tier : listed;
}
