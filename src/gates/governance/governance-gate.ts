import { compareText } from '../../domain/compare-text.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Gate } from '../gate.ts';
import type { ChangeToDerive } from './deriver.ts';
import { deriversOf } from './derivers-of.ts';
import { contributorsRequest } from '../../domain/approval/electorate.ts';
import { governanceFindings } from './governance-findings.ts';
import type { JudgedChange } from './governance-findings.ts';
import { governanceWorld, heldFindings, peopleRequests } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { heldCandidates } from './held-candidates.ts';
import { judgeActions, warningsEnd } from './judge-actions.ts';
import { policyBlobs } from './policies/policy-level.ts';
import { policyRepair, withoutRepaired } from './policies/policy-repair.ts';
import { askedBundles, askedPolicies, hasPolicy, keyEnds, policyRequests } from './policies/policy-requests.ts';
import { effectOfConfiguration } from './own/effect-of-configuration.ts';
import { headConfigurationRequests } from './own/own-files-anew.ts';
import { requestEnd } from './requests/request-end.ts';
import { ownerRequests } from './root-without-second.ts';
import { secretDeriver } from './secrets/secret-deriver.ts';
import { waiverRequests } from './waivers/base-waivers.ts';
import { entriesLater, entriesPerhaps, matchWhitelist, whitelistRequests } from './whitelist/match-whitelist.ts';
import { grantOf } from '../../domain/whitelist/grant-of.ts';
import { endOf, liftsFrom } from '../../domain/whitelist/whitelist-entry.ts';
import { withoutConfiguration } from './without-configuration.ts';

/**
 * Decides who may take the actions that a change consists of. It judges after the other gates: what they found about contracts
 * and schemas are actions too, and what they hold is released by the people whose votes are counted here.
 */
export const governanceGate: Gate = { name: 'governance', plan, evaluate, expiries };

function plan(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const change = governedOf(snapshot, evidence);
  // While the others judge: to look for secrets takes long, and neither rests on a verdict.
  if (evidence.verdicts === null) return change === null ? [] : [...secretDeriver.plan(change), ...headConfigurationRequests(change)];
  if (change === null) return heldFindings(evidence).length === 0 ? [] : peopleRequests({ snapshot, configuration: null, evidence });
  const content = [...deriversOf(change).flatMap((deriver) => deriver.plan(change)), ...policyBlobs(change), ...waiverRequests(change)];
  // Asked at once: what is derived, and whether it needs people, may take as many rounds as there are.
  const people = peopleRequests(change);
  if (isOpen(content, evidence)) return [...content, ...people];
  const world = governanceWorld(change);
  const { derived, actors } = world;
  const memberships = whitelistRequests(derived.actions.filter(({ tier }) => tier > 1), actors, snapshot);
  const asked = [...content, ...people, ...memberships, ...ownerRequests(world)];
  if (isOpen(asked, evidence) || derived.actions.length === 0) return asked;
  return [...asked, ...policyRequests(askedPolicies(world))];
}

function isOpen(requests: readonly ProbeRequest[], evidence: Evidence): boolean {
  return requests.some((request) => !evidence.has(request));
}

function evaluate(snapshot: Snapshot, evidence: Evidence): Verdict {
  const change = governedOf(snapshot, evidence);
  if (change === null) return withoutConfiguration(snapshot, evidence);
  const whole = governanceWorld(change);
  if (whole.derived.actions.length === 0) return verdictOf({ gate: 'governance', applies: false, findings: whole.derived.findings, evaluated: [], skipped: [{ rule: 'governance', why: 'no file changes' }], covered: [] });
  return verdictOn(judgedChange(whole));
}

function judgedChange(whole: GovernanceWorld): JudgedChange {
  const asked = askedPolicies(whole);
  const repair = policyRepair(asked, whole);
  const world = repair === null ? whole : withoutRepaired(whole, repair);
  const judgement = judgeActions(whole, asked, repair);
  return { whole, world, asked, repair, judgement, holds: [...world.held, ...judgement.findings.filter((one) => one.severity === 'hold')] };
}

function verdictOn(change: JudgedChange): Verdict {
  const { whole, world, asked, repair, judgement, holds } = change;
  const findings = governanceFindings(change);
  const special = world.derived.actions.filter((action) => action.tier > 1);
  const held = heldCandidates(world, holds);
  const configuration = effectOfConfiguration(whole.snapshot, whole.evidence);
  const bundles = askedBundles(asked);
  return verdictOf({
    gate: 'governance',
    // What is free and found good by every rule needs no check of its own.
    applies: special.length > 0 || findings.length > 0,
    findings,
    evaluated: judgement.evaluated,
    skipped: [...judgement.skipped, ...unmatchedPolicies(whole), ...(special.length === 0 && repair === null ? [{ rule: 'governance', why: 'the change does nothing beyond tier 1' }] : [])],
    covered: [...new Set([...special.flatMap(({ paths }) => paths), ...(repair?.paths ?? [])])].toSorted(),
    ...(held.length === 0 ? {} : { held }),
    ...contributorsOf(world),
    judged: judgement.judged,
    ...matchedIn(whole),
    ...(bundles.length === 0 ? {} : { bundles }),
    ...(configuration.length === 0 ? {} : { configuration }),
  });
}

/** Globs of policies that no file matches: perhaps somebody relies on a rule that is not there. */
function unmatchedPolicies({ snapshot, configuration }: ChangeToDerive): Verdict['skipped'] {
  const own = configuration.policyPaths.filter((glob) => !hasPolicy(snapshot, glob));
  return own.map((glob) => ({ rule: `governance.policies: ${glob}`, why: 'no file of the base matches it' }));
}

/** Each once: a thousand actions may match the same entries. What may have matched counts: it is not known to be unused. */
function matchedIn({ derived, actors, snapshot, evidence }: GovernanceWorld): Pick<Verdict, 'matched'> {
  const entries = new Set(derived.actions.flatMap((action) => (action.tier === 1 ? [] : entriesPerhaps(action, actors, snapshot, evidence))));
  const matched = [...new Set([...entries].map((entry) => grantOf(entry, snapshot.repository)))].toSorted();
  return matched.length === 0 ? {} : { matched };
}

function contributorsOf({ evidence, actors }: GovernanceWorld): Pick<Verdict, 'contributors' | 'accounts'> {
  if (!evidence.has(contributorsRequest)) return {};
  const people = [...actors.people.toSorted((a, b) => compareText(a.login, b.login)), ...(actors.hasUnknown ? [{ login: 'unknown', id: null }] : [])];
  const contributors = people.map(({ login }) => login);
  return people.every(({ id }) => id === null) ? { contributors } : { contributors, accounts: people.map(({ id }) => id) };
}

/** A match of the whitelist ends with its entry and may begin when that ends soon enough, what is asked for with the request, a warning with the day from which on its rule decides, and what a key may sign with that. */
function expiries(snapshot: Snapshot, evidence: Evidence): readonly string[] {
  const change = governedOf(snapshot, evidence);
  if (change === null) return [];
  const world = governanceWorld(change);
  const { derived, actors } = world;
  const special = derived.actions.filter(({ tier }) => tier > 1);
  const ends = special.flatMap((action) => matchWhitelist(action, actors, snapshot, evidence).entries.map((entry) => endOf(entry)));
  const begins = special.flatMap((action) => entriesLater(action, actors, snapshot, evidence).map((entry) => liftsFrom(entry)));
  return [...ends, ...begins, ...derived.actions.flatMap((action) => requestEnd(action) ?? []), ...(derived.actions.length === 0 ? [] : [...warningsEnd(world), ...keyEnds(askedPolicies(world))])];
}

function governedOf(snapshot: Snapshot, evidence: Evidence): ChangeToDerive | null {
  const { entry, configuration } = snapshot;
  return entry === null || configuration.effective === null ? null : { snapshot, configuration: configuration.effective, evidence };
}
