import { commentMarker } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import { digestOfEffect } from '../domain/digest-of-effect.ts';
import { Failure, failureOf } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { remediateJob } from './job-requests.ts';
import { performCommit } from './perform-commit.ts';
import { performPullRequest } from './perform-pull-request.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { Log } from './ports/log.ts';
import type { PendingEffect } from './ports/pending-effect.ts';
import type { Store } from './ports/store.ts';

export interface EffectsToPerform {
  readonly repository: RepositoryRef;
  readonly group: string;
}

export interface PerformPorts {
  readonly store: Store;
  readonly github: GitHubApp;
  readonly log: Log;
}

/**
 * Brings GitHub to the wanted state of a group, effect by effect. Before a write that may already have been made it
 * reads and adopts; what GitHub refuses for good is abandoned with an audit entry; anything else is thrown, to be retried.
 */
export async function performEffects(ports: PerformPorts, wanted: EffectsToPerform): Promise<void> {
  await refuseBlocked(ports.store, wanted.repository);
  const pending = await ports.store.transaction((transaction) => transaction.pendingEffects(wanted.repository.id, wanted.group));
  const github = ports.github.repository(wanted.repository);
  for (const one of pending) {
    try {
      await performOne(ports.store, github, one);
    } catch (thrown) {
      const failure = failureOf(thrown, 'GITHUB_UNAVAILABLE');
      if (!isFinal(failure)) throw failure;
      await abandon(ports, one, failure);
    }
  }
}

/** What is written under a blocked log could not be recorded, and would be written anew at each attempt. */
async function refuseBlocked(store: Store, { account }: RepositoryRef): Promise<void> {
  const why = await store.audit.blocked(account.id);
  if (why !== null) throw new Failure('AUDIT_BLOCKED', `Cannot perform effects for account ${account.id}: its log is blocked (${why}). Nothing was written. Run plumbline audit verify.`);
}

function isFinal(failure: Failure): boolean {
  return failure.code === 'GITHUB_REFUSED' || failure.code === 'NOT_FOUND';
}

async function performOne(store: Store, github: GitHubRepository, pending: PendingEffect): Promise<void> {
  const { effect } = pending;
  switch (effect.kind) {
    case 'check':
      return settle(store, pending, await performCheck(store, github, pending, effect));
    case 'comment':
      return settle(store, pending, await performComment(store, github, pending, effect));
    case 'reaction':
      return settle(store, pending, await github.react(effect.comment, effect.content));
    case 'pull-request':
      return performPullRequest(store, github, pending, effect);
    case 'remediation':
      // It is granted by the job that has the lease on the behaviour: this one only sees to it that there is one.
      return store.transaction(async (transaction) => void (await transaction.enqueueMissing(remediateJob(pending.repository, effect.behavior))));
    case 'commit':
      return performCommit(store, github, pending, effect);
  }
}

type CheckEffect = Extract<Effect, { kind: 'check' }>;
type CommentEffect = Extract<Effect, { kind: 'comment' }>;

async function performCheck(store: Store, github: GitHubRepository, pending: PendingEffect, effect: CheckEffect): Promise<number> {
  const standing = await standingCheck(github, pending, effect);
  if (standing === null) {
    await store.transaction((transaction) => transaction.markAttempted(effect.key));
    return github.createCheck(effect);
  }
  if (effect.state.annotations.length > 0) await store.transaction((transaction) => transaction.markAttempted(effect.key));
  await github.updateCheck(standing.id, effect.state, standing.annotations);
  return standing.id;
}

/** The run that we know of or that an earlier, ambiguous attempt made. GitHub appends annotations: count those that are there. */
async function standingCheck(github: GitHubRepository, pending: PendingEffect, effect: CheckEffect): Promise<{ readonly id: number; readonly annotations: number } | null> {
  if (pending.externalId !== null && !pending.attempted) return { id: pending.externalId, annotations: 0 };
  if (!pending.attempted) return null;
  return github.findCheck(effect.head, effect.name, effect.key);
}

async function performComment(store: Store, github: GitHubRepository, pending: PendingEffect, effect: CommentEffect): Promise<number> {
  const id = pending.externalId ?? (await github.findComment(effect.pullRequest, commentMarker(effect.topic)))?.id ?? null;
  await store.transaction((transaction) => transaction.markAttempted(effect.key));
  if (id === null) return github.createComment(effect.pullRequest, effect.body);
  await github.updateComment(id, effect.body);
  return id;
}

async function settle(store: Store, pending: PendingEffect, externalId: number): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction.markPerformed(pending.effect.key, externalId, pending.revision);
    await transaction.append({
      account: pending.repository.account.id,
      repository: { id: pending.repository.id, name: fullNameOf(pending.repository) },
      subject: `effect:${pending.effect.key}`,
      event: 'effect.performed',
      actor: 'system',
      rationale: `evaluation ${pending.evaluation}`,
      outcome: outcomeOf(pending.effect),
      after: digestOfEffect(pending.effect),
      links: [pending.evaluation],
    });
  });
}

function outcomeOf(effect: Effect): string {
  switch (effect.kind) {
    case 'check':
      return `${effect.name}: ${effect.state.conclusion ?? effect.state.status}`;
    case 'comment':
      return `comment on #${effect.pullRequest}`;
    case 'reaction':
      return `reaction ${effect.content} to comment ${effect.comment}`;
    case 'pull-request':
      return `pull request from ${effect.branch}`;
    case 'remediation':
      return `${effect.wish.kind} ${effect.behavior}`;
    case 'commit':
      return `commit on #${effect.pullRequest}`;
  }
}

async function abandon(ports: PerformPorts, pending: PendingEffect, failure: Failure): Promise<void> {
  ports.log.error('effect abandoned', { key: pending.effect.key, code: failure.code, why: failure.message });
  await ports.store.transaction(async (transaction) => {
    await transaction.markAbandoned(pending.effect.key, failure.message, pending.revision);
    await transaction.append({
      account: pending.repository.account.id,
      repository: { id: pending.repository.id, name: fullNameOf(pending.repository) },
      subject: `effect:${pending.effect.key}`,
      event: 'effect.failed',
      actor: 'system',
      rationale: failure.message,
      outcome: failure.code,
      links: [pending.evaluation],
    });
  });
}
