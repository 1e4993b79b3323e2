import { keyOf } from '../domain/probe-key.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { ProbeKind, ProbeRequest, RequestOf } from '../domain/probe-request.ts';
import type { PublicKey } from '../domain/signature/public-key.ts';
import type { AgentLabels, BehaviorReader, DriftStates, People, Prober, ReleaseReader, UsageCounters } from '../flows/ports/prober.ts';
import type { ObjectSource } from '../flows/ports/object-source.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';
import type { BundleFetcher } from './policy-bundles/fetch-bundle.ts';
import { probeBundles } from './policy-bundles/probe-bundles.ts';
import type { ModuleParser } from './modules/module-parser.ts';
import { probeImports } from './modules/probe-imports.ts';
import type { ClaimJudge } from './judge/claim-judge.ts';
import { probeJudgements } from './judge/probe-judgements.ts';
import type { PackageRegistry } from './packages/package-registry.ts';
import { probePackages } from './packages/probe-packages.ts';
import type { PolicyEngine } from './policy-engine/policy-engine.ts';
import { probeBehaviors, probeDriftStates } from './probe-behaviors.ts';
import { probeBlobs, probeOrganizationBlobs } from './probe-blobs.ts';
import { probeCalibration } from './probe-calibration.ts';
import { probeCheckRuns } from './probe-check-runs.ts';
import { probeFiles } from './probe-files.ts';
import { probeUsage } from './probe-usage.ts';
import { probePolicies } from './probe-policies.ts';
import { probeProtection } from './probe-protection.ts';
import { probeContributors, probeMemberships, probeVotes } from './probe-people.ts';
import { probePaths, probeRecords, probeReleases, probeSchemaVersions } from './probe-releases.ts';
import type { SchemaValidator } from './schema-validation/schema-validator.ts';
import { probeSecrets } from './secrets/probe-secrets.ts';
import type { SecretScanner } from './secrets/secret-scanner.ts';
import { verifySignature } from './signatures/verify-signature.ts';

export interface ProberPorts {
  readonly objects: ObjectSource;
  /** The organisation's repository; left out: it can not be asked. */
  readonly organization?: Pick<ObjectSource, 'blobs'>;
  readonly releases: ReleaseReader;
  readonly validator: SchemaValidator;
  /** Left out: policies can not be asked. */
  readonly policies?: PolicyEngine;
  /** Left out: nothing is fetched. */
  readonly bundles?: BundleFetcher;
  /** Left out: nobody looks for secrets, and the question is unavailable. */
  readonly secrets?: SecretScanner;
  /** Left out: no module is parsed. */
  readonly modules?: ModuleParser;
  /** Left out: no registry is asked. */
  readonly packages?: PackageRegistry;
  /** Left out: no outside judge is set, so that none says anything. */
  readonly judge?: ClaimJudge;
  /** Left out: nobody can be asked about people. */
  readonly people?: People;
  /** Left out: no source of a behaviour can be asked. */
  readonly behaviors?: BehaviorReader;
  /** Left out: nobody scans. */
  readonly drifts?: DriftStates;
  /** Left out: nobody keeps what became of the changes of agents. */
  readonly labels?: AgentLabels;
  /** Left out: nobody counts what agents use up. */
  readonly usage?: UsageCounters;
  /** Left out: none. */
  readonly operatorKeys?: readonly PublicKey[];
}

/** Asks each source once per round with everything that is wanted of it. Trouble spoils the requests it concerns and no other. */
export function createProber(ports: ProberPorts): Prober {
  const probes = probesOf(ports);
  return {
    async answer(requests, evidence) {
      const asked = Map.groupBy(requests, ({ kind }) => kind);
      const answers = await Promise.all([...asked].map(async ([kind, wanted]) => await answerKind(kind, wanted, probes)));
      return answers.reduce((known, add) => add(known), evidence);
    },
  };
}

type Probes = { readonly [Kind in ProbeKind]: (wanted: readonly RequestOf<Kind>[]) => Promise<Answers<Kind>> };

function probesOf(ports: ProberPorts): Probes {
  return {
    blob: async (wanted) => await probeBlobs(ports.objects, wanted),
    'organization-blob': async (wanted) => await probeOrganizationBlobs(ports.organization ?? null, wanted),
    'file-at': async (wanted) => await probeFiles(ports.objects, wanted),
    'commit-protected': async (wanted) => await probeProtection(ports.objects, wanted),
    'check-run': async (wanted) => await probeCheckRuns(ports.objects, wanted),
    calibration: async (wanted) => await probeCalibration(ports.labels ?? null, wanted),
    'usage-window': async (wanted) => await probeUsage(ports.usage ?? null, wanted),
    package: async (wanted) => await probePackages(ports.packages ?? null, wanted),
    'claim-judgement': async (wanted) => await probeJudgements(ports.judge ?? null, wanted),
    imports: async (wanted) => await probeImports(ports.objects, ports.modules ?? null, wanted),
    releases: async (wanted) => await probeReleases(ports.releases, wanted),
    paths: async (wanted) => await probePaths(ports.releases, wanted),
    'schema-versions': async (wanted) => await probeSchemaVersions(ports.releases, wanted),
    record: async (wanted) => await probeRecords(ports.releases, wanted),
    validation: async (wanted) => await probeValidations(ports.validator, wanted),
    comparison: async (wanted) => await probeComparisons(ports.validator, wanted),
    signature: probeSignatures,
    'operator-keys': async (wanted) => wanted.map((request) => [request, { kind: 'answered', value: ports.operatorKeys ?? [] }] as const),
    policies: async (wanted) => await probePolicies(ports.policies ?? null, wanted),
    'pinned-bundle': async (wanted) => await probeBundles(ports.bundles ?? null, wanted),
    secrets: async (wanted) => await probeSecrets(ports.secrets ?? null, wanted),
    contributors: async (wanted) => await probeContributors(ports.people ?? null, wanted),
    votes: async (wanted) => await probeVotes(ports.people ?? null, wanted),
    membership: async (wanted) => await probeMemberships(ports.people ?? null, wanted),
    'behavior-reading': async (wanted) => await probeBehaviors(ports.behaviors ?? null, wanted),
    'drift-state': async (wanted) => await probeDriftStates(ports.drifts ?? null, wanted),
  };
}

/** Puts what one kind of question was answered beside what is known. A question that a probe passes over is unavailable. */
async function answerKind<Kind extends ProbeKind>(kind: Kind, requests: readonly ProbeRequest[], probes: Pick<Probes, Kind>): Promise<(known: Evidence) => Evidence> {
  const open = new Map(requests.filter((request): request is RequestOf<Kind> => request.kind === kind).map((request) => [keyOf(request), request]));
  const wanted = [...open.values()];
  const answered = await probes[kind](wanted).catch((error: unknown) => wanted.map((request) => [request, unavailable(error)] as const));
  for (const [request] of answered) open.delete(keyOf(request));
  const passedOver = [...open.values()].map((request) => [request, unavailable(new Error('no answer came'))] as const);
  return (known) => known.with(kind, [...answered, ...passedOver]);
}

async function probeSignatures(wanted: readonly RequestOf<'signature'>[]): Promise<Answers<'signature'>> {
  return await Promise.all(wanted.map(async (request) => [request, await verifySignature(request)] as const));
}

async function probeValidations(validator: SchemaValidator, wanted: readonly RequestOf<'validation'>[]): Promise<Answers<'validation'>> {
  const answers = await validator.validate(wanted);
  return wanted.flatMap((request, index) => {
    const value = answers[index];
    if (value === undefined) return [];
    return [[request, value.kind === 'unanswered' ? { kind: 'unavailable', why: value.why } : { kind: 'answered', value }] as const];
  });
}

async function probeComparisons(validator: SchemaValidator, wanted: readonly RequestOf<'comparison'>[]): Promise<Answers<'comparison'>> {
  const answers = await validator.compare(wanted);
  return wanted.flatMap((request, index) => {
    const value = answers[index];
    if (value === undefined) return [];
    return [[request, 'kind' in value ? { kind: 'unavailable', why: value.why } : { kind: 'answered', value }] as const];
  });
}
