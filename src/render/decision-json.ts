import type { JudgedAction } from '../domain/action/judged-action.ts';
import type { ConfigurationEffect } from '../domain/configuration/configuration-effect.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { HeldItem } from '../domain/held-item.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { Mend } from '../domain/mend.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { AppliedWaiver } from '../domain/waiver/waiver.ts';
import { inertJson } from './escape.ts';

/** The decision record of `schemas/decision.schema.json`, as text. */
export function renderDecisionJson(decision: Decision): string {
  return `${inertJson(decisionRecord(decision))}\n`;
}

/** The same as a value: every field by name, in the documented order, and nothing that a caller may have added. */
export function decisionRecord(decision: Decision): JsonObject {
  return {
    version: decision.version,
    gates: [...decision.gates],
    decision: decision.decision,
    cause: decision.cause,
    wouldBe: decision.wouldBe,
    engine: decision.engine,
    mergeBase: decision.mergeBase,
    base: decision.base,
    head: decision.head,
    validUntil: decision.validUntil,
    verdicts: decision.verdicts.map(verdictRecord),
    held: decision.held.map(heldRecord),
    uncovered: [...decision.uncovered],
    policyDigest: decision.policyDigest,
    inputDigest: decision.inputDigest,
  };
}

function verdictRecord(verdict: Verdict): JsonObject {
  return {
    gate: verdict.gate,
    verdict: verdict.verdict,
    applies: verdict.applies,
    findings: verdict.findings.map(findingRecord),
    evaluated: verdict.evaluated.map(({ rule, whose, subjects }) => ({ rule, ...(whose === undefined ? {} : { whose }), subjects })),
    skipped: verdict.skipped.map(({ rule, why }) => ({ rule, why })),
    covered: [...verdict.covered],
    ...(verdict.contributors === undefined ? {} : { contributors: [...verdict.contributors] }),
    ...(verdict.accounts === undefined ? {} : { accounts: [...verdict.accounts] }),
    ...(verdict.judged === undefined || verdict.judged.length === 0 ? {} : { judged: verdict.judged.map(judgedRecord) }),
    ...(verdict.matched === undefined ? {} : { matched: [...verdict.matched] }),
    ...(verdict.bundles === undefined ? {} : { bundles: verdict.bundles.map(({ whose, digest }) => ({ whose, digest })) }),
    ...(verdict.configuration === undefined ? {} : { configuration: verdict.configuration.map(effectRecord) }),
    ...(verdict.mends === undefined || verdict.mends.length === 0 ? {} : { mends: verdict.mends.map(mendRecord) }),
  };
}

function judgedRecord({ name, action, tier, subject, paths, why, outcome, because, findings, whitelistedBy, release, binding }: JudgedAction): JsonObject {
  const people = release === null ? null : { ...(release.scope === undefined ? {} : { scope: release.scope }), from: release.from, names: [...release.names], count: release.count, approvedBy: [...release.approvedBy] };
  return { name, action, tier, subject: { ...subject }, paths: [...paths], why, outcome, because, findings: [...findings], whitelistedBy, release: people, ...(binding === undefined ? {} : { binding }) };
}

function effectRecord(effect: ConfigurationEffect): JsonObject {
  if (effect.kind === 'gone') return { kind: effect.kind, path: effect.path };
  return { kind: effect.kind, path: effect.path, reach: effect.reach, changes: effect.changes.map(({ key, from, to, setBy }) => ({ key, from, to, setBy })) };
}

function heldRecord({ scope, name, binding, from, count, approvedBy, waits }: HeldItem): JsonObject {
  return { scope, name, binding, from, count, approvedBy: [...approvedBy], waits };
}

function mendRecord({ path, blob, edits, codes }: Mend): JsonObject {
  return { path, blob, edits: edits.map(({ pointer, value }) => ({ pointer, value })), codes: [...codes] };
}

function waiverRecord({ owner, reason, until, daysLeft }: AppliedWaiver): JsonObject {
  return { owner, reason, until, daysLeft };
}

function findingRecord(finding: Finding): JsonObject {
  return {
    code: finding.code,
    severity: finding.severity,
    declared: finding.declared,
    path: finding.path,
    line: finding.line,
    column: finding.column,
    message: finding.message,
    expected: finding.expected,
    found: finding.found,
    next: finding.next,
    fingerprint: finding.fingerprint,
    waived: finding.waived,
    ...(finding.waiver === undefined ? {} : { waiver: waiverRecord(finding.waiver) }),
  };
}
