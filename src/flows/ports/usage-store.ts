import type { Digest } from '../../domain/digest.ts';
import type { UsageGroup } from '../../domain/usage/counted-usage.ts';
import type { ModelUsage } from '../../domain/usage/model-usage.ts';
import type { QuotaWindow, UsagePlace } from '../../domain/usage/quota-window.ts';
import type { UsageCharge } from '../../domain/usage/charge-of.ts';

/** A usage with what it counts as. */
export interface ChargedUsage extends UsagePlace {
  readonly usage: ModelUsage;
  readonly charge: UsageCharge;
  /** The instant in whose windows it counts. */
  readonly at: Date;
}

/** Usage of one model, by one source, of an agent in a repository, over a time. */
export interface UsageOfModel {
  readonly repositoryId: number;
  /** Login in lower case. */
  readonly agent: string;
  readonly source: ModelUsage['source'];
  readonly provider: string;
  readonly model: string;
  readonly isPriced: boolean;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly tokens: bigint;
  /** Pico-dollars. */
  readonly cost: bigint;
}

/** Within a quarter of an hour. */
export interface UsageTotal extends UsageOfModel {
  /** Its beginning. */
  readonly from: Date;
}

/** Room in windows that somebody was given before they used it. */
export interface UsageReservation extends ChargedUsage {
  readonly id: string;
  readonly expiresAt: Date;
  /** Whose request made it, under which key, and what that asked: the same again is answered the same. */
  readonly by: string;
  readonly key: string;
  readonly asked: Digest;
  /** Null: it is open. What is not settled in time counts as it was reserved. */
  readonly settled: { readonly asked: Digest; readonly usage: ModelUsage; readonly charge: UsageCharge } | null;
}

/** Usage that evidence states about a change. */
export interface StatedUsage {
  readonly repositoryId: number;
  readonly changeDigest: Digest;
  readonly usageDigest: Digest;
}

/** What a store keeps of what agents use up, within its transactions. */
export interface UsageStore {
  /** To the end of the transaction: who counts usage of an account and then adds to it does so alone. */
  lockUsage(accountId: number): Promise<void>;
  addUsage(usage: ChargedUsage): Promise<void>;
  /** Sums of an account from one instant up to another: what was added, and all reservations that are not settled. Empty where there is none. */
  usageBetween(accountId: number, from: Date, to: Date): Promise<readonly UsageGroup[]>;
  /** What was added, at most `limit`, by time. */
  usageTotals(accountId: number, from: Date, to: Date, limit: number): Promise<readonly UsageTotal[]>;
  /** The same as sums over the time, at most `limit`, those with the most tokens first. */
  usageByModel(accountId: number, from: Date, to: Date, limit: number): Promise<readonly UsageOfModel[]>;
  /** Keeps that usage of evidence was charged. False: it was before. */
  chargeEvidence(stated: StatedUsage, at: Date): Promise<boolean>;
  isCharged(stated: StatedUsage): Promise<boolean>;
  saveReservation(reservation: UsageReservation): Promise<void>;
  reservation(accountId: number, id: string): Promise<UsageReservation | null>;
  reservationOfKey(accountId: number, by: string, key: string): Promise<UsageReservation | null>;
  /** Open ones whose time is over, at most `limit`. */
  expiredReservations(accountId: number, now: Date, limit: number): Promise<readonly UsageReservation[]>;
  /** Keeps that somebody is told of a window. False: they were before. */
  alertOnce(accountId: number, window: QuotaWindow): Promise<boolean>;
}
