import type { IncomingMessage } from 'node:http';
import { failureOf } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { member } from '../../domain/configuration/member.ts';
import { readSamples } from '../../domain/sample/read-samples.ts';
import type { SentSamples } from '../../domain/sample/read-samples.ts';
import { readOrigin } from '../../domain/sample/sample-origin.ts';
import type { SampleOrigin } from '../../domain/sample/sample-origin.ts';
import type { Log } from '../../flows/ports/log.ts';
import type { SamplesOutcome, VerifiedSamples } from '../../flows/take-samples.ts';
import type { BodyBudget } from '../body-budget.ts';
import type { VerifyToken } from '../tokens/verify-token.ts';
import { bearerOf } from './bearer-token.ts';
import type { Problem } from './problem.ts';
import { readJsonBody } from './read-json-body.ts';

export interface SamplesPorts {
  /** Whose tokens are taken: those that GitHub gives to runs of workflows, made for this server. */
  readonly verify: VerifyToken;
  readonly issuer: string;
  readonly take: (samples: VerifiedSamples) => Promise<SamplesOutcome>;
  readonly budget: BodyBudget;
  readonly log: Log;
}

/** The repository and the behaviour, as the address names them. */
export interface SamplesAddress {
  readonly repository: string;
  readonly behavior: string;
}

export type SamplesAnswer = { readonly kind: 'taken'; readonly pullRequests: readonly number[]; readonly mergeGroups: readonly string[] } | { readonly kind: 'problem'; readonly problem: Problem };

/** Bytes of a body: as much as a source may answer. */
const mostBytes = 1024 * 1024;

/** Takes what one run of a workflow says of one behaviour. The token is verified before a byte of the body is read. */
export async function answerSamples(ports: SamplesPorts, incoming: IncomingMessage, address: SamplesAddress): Promise<SamplesAnswer> {
  const bearer = await bearerOf(incoming.headers.authorization, ports.verify);
  if (bearer.kind === 'problem') return bearer;
  const reading = readOrigin(bearer.claims);
  if (reading.kind === 'unusable') return problem(401, 'token_refused', `The token is refused: ${reading.why}.`);
  if (String(reading.origin.repositoryId) !== address.repository) return problem(403, 'other_repository', `The token is of repository ${reading.origin.repositoryId}, expected that of the address.`);
  const body = await samplesOf(ports, incoming);
  if (body.kind === 'problem') return body;
  if (body.samples.behavior !== address.behavior) return problem(400, 'other_behavior', 'The body names another behaviour than the address, expected the same.');
  return await take(ports, body.samples, { origin: reading.origin, claims: bearer.claims });
}

type SamplesBody = { readonly kind: 'samples'; readonly samples: SentSamples } | Extract<SamplesAnswer, { kind: 'problem' }>;

async function samplesOf({ budget }: SamplesPorts, incoming: IncomingMessage): Promise<SamplesBody> {
  const body = await readJsonBody(budget, incoming, mostBytes);
  if (body.kind === 'problem') return body;
  const reading = readSamples(body.bytes);
  return reading.kind === 'invalid' ? problem(400, 'samples_invalid', reading.why) : reading;
}

async function take({ take: keep, issuer, log }: SamplesPorts, samples: SentSamples, { origin, claims }: { readonly origin: SampleOrigin; readonly claims: JsonObject }): Promise<SamplesAnswer> {
  try {
    const outcome = await keep({ samples, origin, issuer, expiresAt: new Date((member.number(claims, 'exp') ?? 0) * 1_000) });
    return outcome.kind === 'taken' ? outcome : problem(statuses[outcome.reason], outcome.reason, `The samples are refused: ${outcome.why}`);
  } catch (thrown) {
    log.error('samples not kept', { repository: origin.repositoryId, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    return { kind: 'problem', problem: { status: 503, code: 'not_kept', detail: 'The samples were not kept. Nothing is wrong with the request: send it again.', retryAfter: 30 } };
  }
}

const statuses = { unknown_head: 404, unknown_behavior: 404, other_workflow: 403, other_commit: 403, too_much: 413, used_token: 409, already_there: 409 } as const;

function problem(status: Problem['status'], code: string, detail: string): Extract<SamplesAnswer, { kind: 'problem' }> {
  return { kind: 'problem', problem: { status, code, detail } };
}
