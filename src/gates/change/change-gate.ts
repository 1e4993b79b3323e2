import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { Finding } from '../../domain/finding.ts';
import { changedFiles, isOwn } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { EvaluatedRule, Verdict } from '../../domain/verdict.ts';
import type { Gate } from '../gate.ts';
import { behaviorCheckRequests, checkBehaviors, namedInVain } from './check-behaviors.ts';
import { checkNamedPlaybooks, namedPlaybookRequests } from './check-named-playbooks.ts';
import { checkOwnFile, compileRequest } from './check-own-file.ts';
import { configurationFindings } from './configuration-findings.ts';
import { headConfiguration, headOrganization, ratchetFindings } from './head-configuration.ts';
import { missingSchemas } from './missing-schemas.ts';
import { notAFile } from './not-a-file.ts';
import { ownFiles } from './own-files.ts';
import type { OwnFile } from './own-files.ts';
import { blobRequest, readOwnFile } from './read-own-file.ts';
import { snapshotFindings } from './snapshot-findings.ts';

/**
 * Judges the change as such: whether it was read whole, whether its paths are what they seem, and whether
 * the files by which Plumbline itself is governed stay valid.
 */
export const changeGate: Gate = { name: 'change', plan, evaluate };

/** Round one reads the own files that the base knows, round two those that the head's configuration names, and so on. */
function plan(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const own = ownFiles(snapshot, headDocuments(snapshot, evidence));
  return [...own.flatMap((one) => requestsFor(one, evidence)), ...behaviorCheckRequests(snapshot, evidence), ...namedPlaybookRequests(snapshot, own, evidence)];
}

function headDocuments(snapshot: Snapshot, evidence: Evidence): readonly JsonObject[] {
  return [headConfiguration(snapshot, evidence), headOrganization(snapshot, evidence)].flatMap((head) => (head === null ? [] : [head.document]));
}

function requestsFor(own: OwnFile, evidence: Evidence): readonly ProbeRequest[] {
  const request = blobRequest(own.file.head);
  if (request === null || own.kind === 'bundle') return [];
  if (own.kind !== 'schema') return [request];
  const reading = readOwnFile(own, evidence);
  return reading.kind === 'document' ? [request, compileRequest(request.blob, reading.document.value)] : [request];
}

function evaluate(snapshot: Snapshot, evidence: Evidence): Verdict {
  const head = headConfiguration(snapshot, evidence);
  const own = ownFiles(snapshot, headDocuments(snapshot, evidence));
  const ownPaths = new Set(own.map(({ file }) => file.path));
  const broken = distinct([...notAFile(snapshot, ownPaths), ...own.flatMap((one) => checkOwnFile(one, evidence)), ...checkBehaviors(snapshot, evidence), ...checkNamedPlaybooks(snapshot, own, evidence), ...missingSchemas(snapshot, head), ...ratchetFindings(snapshot, head)]);
  const state = configurationFindings({ snapshot, head, ownFilesAreValid: broken.length === 0 });
  const findings = [...snapshotFindings(snapshot), ...state, ...broken];
  const applies = isGoverned(snapshot) || findings.length > 0;
  return verdictOf({
    gate: 'change',
    applies,
    findings,
    evaluated: applies ? evaluatedRules(snapshot, own) : [],
    skipped: applies ? [] : [{ rule: 'config/*', why: 'neither the repository nor the organisation has a configuration' }],
    covered: [...new Set([...ownPaths, ...namedByOthers(snapshot), ...namedInVain(snapshot, evidence)])].toSorted(),
  });
}

/** Own files that stand in no configuration: another own file names them. Those that the head names first are looked at as they stand. */
function namedByOthers(snapshot: Snapshot): readonly string[] {
  return snapshot.files.flatMap((file) => ((file.changed && isOwn(file)) || file.roles.includes('own-anew') ? [file.path] : []));
}

function isGoverned(snapshot: Snapshot): boolean {
  return snapshot.configuration.kind !== 'none' || snapshot.configuration.requiredByBranch === true;
}

function evaluatedRules(snapshot: Snapshot, own: readonly OwnFile[]): readonly EvaluatedRule[] {
  const changed = changedFiles(snapshot);
  const governed = changed.filter((file) => file.roles.length > 0).length;
  const added = own.filter(({ file }) => file.head !== null).length;
  return [
    { rule: 'snapshot/unreadable', subjects: 1 },
    { rule: 'snapshot/too_many', subjects: changed.length },
    { rule: 'snapshot/path_twin', subjects: governed },
    { rule: 'snapshot/update_branch', subjects: governed },
    { rule: 'snapshot/mode_changed', subjects: governed },
    { rule: 'snapshot/not_a_file', subjects: governed },
    { rule: 'config/base_invalid', subjects: 1 },
    { rule: 'config/invalid', subjects: added },
    { rule: 'config/ratchet', subjects: snapshot.configuration.organizationText === null ? 0 : own.filter(({ kind }) => kind === 'configuration').length },
  ];
}

/** A file that is read as two things has each of its problems once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.fingerprint} ${one.message}`, one])).values()];
}
