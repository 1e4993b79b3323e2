import { keyOf } from '../domain/evidence.ts';
import type { Evidence, ProbeKind, ProbeRequest, RequestOf } from '../domain/evidence.ts';
import type { PublicKey } from '../domain/signature/public-key.ts';
import type { BehaviorReader, DriftStates, ObjectSource, People, Prober, ReleaseReader } from '../flows/ports.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';
import type { BundleFetcher } from './policy-bundles/fetch-bundle.ts';
import { probeBundles } from './policy-bundles/probe-bundles.ts';
import type { PolicyEngine } from './policy-engine/policy-engine.ts';
import { probeBehaviors, probeDriftStates } from './probe-behaviors.ts';
import { probeBlobs, probeOrganizationBlobs } from './probe-blobs.ts';
import { probeFiles } from './probe-files.ts';
import { probePolicies } from './probe-policies.ts';
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
  /** Left out: nobody can be asked about people. */
  readonly people?: People;
  /** Left out: no source of a behaviour can be asked. */
  readonly behaviors?: BehaviorReader;
  /** Left out: nobody scans. */
  readonly drifts?: DriftStates;
  /** Left out: none. */
  readonly operatorKeys?: readonly PublicKey[];
}

/** Asks each source once per round with everything that is wanted of it. Trouble spoils the requests it concerns and no other. */
export function createProber(ports: ProberPorts): Prober {
  return {
    async answer(requests, evidence) {
      const people = answersAboutPeople(ports.people ?? null, requests);
      const behaviors = answersAboutBehaviors(ports, requests);
      const [blobs, releases, paths, schemaVersions, records, validations, comparisons, signatures, operatorKeys, policies, secrets, organizationBlobs, files, bundles] = await Promise.all([
        answerKind('blob', requests, async (wanted) => await probeBlobs(ports.objects, wanted)),
        answerKind('releases', requests, async (wanted) => await probeReleases(ports.releases, wanted)),
        answerKind('paths', requests, async (wanted) => await probePaths(ports.releases, wanted)),
        answerKind('schema-versions', requests, async (wanted) => await probeSchemaVersions(ports.releases, wanted)),
        answerKind('record', requests, async (wanted) => await probeRecords(ports.releases, wanted)),
        answerKind('validation', requests, async (wanted) => await probeValidations(ports.validator, wanted)),
        answerKind('comparison', requests, async (wanted) => await probeComparisons(ports.validator, wanted)),
        answerKind('signature', requests, probeSignatures),
        answerKind('operator-keys', requests, async (wanted) => wanted.map((request) => [request, { kind: 'answered', value: ports.operatorKeys ?? [] }] as const)),
        answerKind('policies', requests, async (wanted) => await probePolicies(ports.policies ?? null, wanted)),
        answerKind('secrets', requests, async (wanted) => await probeSecrets(ports.secrets ?? null, wanted)),
        answerKind('organization-blob', requests, async (wanted) => await probeOrganizationBlobs(ports.organization ?? null, wanted)),
        answerKind('file-at', requests, async (wanted) => await probeFiles(ports.objects, wanted)),
        answerKind('pinned-bundle', requests, async (wanted) => await probeBundles(ports.bundles ?? null, wanted)),
      ]);
      const probed = merged(evidence, { blobs, releases, paths, schemaVersions, records, validations, comparisons }).with('signature', signatures).with('operator-keys', operatorKeys).with('policies', policies).with('secrets', secrets).with('organization-blob', organizationBlobs).with('file-at', files).with('pinned-bundle', bundles);
      const { contributors, votes, memberships } = await people;
      const { readings, states } = await behaviors;
      return probed.with('contributors', contributors).with('votes', votes).with('membership', memberships).with('behavior-reading', readings).with('drift-state', states);
    },
  };
}

interface AnswersAboutBehaviors {
  readonly readings: Answers<'behavior-reading'>;
  readonly states: Answers<'drift-state'>;
}

async function answersAboutBehaviors({ behaviors, drifts }: ProberPorts, requests: readonly ProbeRequest[]): Promise<AnswersAboutBehaviors> {
  const [readings, states] = await Promise.all([
    answerKind('behavior-reading', requests, async (wanted) => await probeBehaviors(behaviors ?? null, wanted)),
    answerKind('drift-state', requests, async (wanted) => await probeDriftStates(drifts ?? null, wanted)),
  ]);
  return { readings, states };
}

interface AnswersAboutPeople {
  readonly contributors: Answers<'contributors'>;
  readonly votes: Answers<'votes'>;
  readonly memberships: Answers<'membership'>;
}

async function answersAboutPeople(people: People | null, requests: readonly ProbeRequest[]): Promise<AnswersAboutPeople> {
  const [contributors, votes, memberships] = await Promise.all([
    answerKind('contributors', requests, async (wanted) => await probeContributors(people, wanted)),
    answerKind('votes', requests, async (wanted) => await probeVotes(people, wanted)),
    answerKind('membership', requests, async (wanted) => await probeMemberships(people, wanted)),
  ]);
  return { contributors, votes, memberships };
}

function merged(evidence: Evidence, answers: { blobs: Answers<'blob'>; releases: Answers<'releases'>; paths: Answers<'paths'>; schemaVersions: Answers<'schema-versions'>; records: Answers<'record'>; validations: Answers<'validation'>; comparisons: Answers<'comparison'> }): Evidence {
  return evidence.with('blob', answers.blobs).with('releases', answers.releases).with('paths', answers.paths).with('schema-versions', answers.schemaVersions).with('record', answers.records).with('validation', answers.validations).with('comparison', answers.comparisons);
}

async function answerKind<Kind extends ProbeKind>(kind: Kind, requests: readonly ProbeRequest[], probe: (wanted: readonly RequestOf<Kind>[]) => Promise<Answers<Kind>>): Promise<Answers<Kind>> {
  const open = new Map(requests.filter((request): request is RequestOf<Kind> => request.kind === kind).map((request) => [keyOf(request), request]));
  if (open.size === 0) return [];
  const wanted = [...open.values()];
  const answered = await probe(wanted).catch((error: unknown) => wanted.map((request) => [request, unavailable(error)] as const));
  for (const [request] of answered) open.delete(keyOf(request));
  return [...answered, ...[...open.values()].map((request) => [request, unavailable(new Error('no answer came'))] as const)];
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
