import type { Digest } from '../../domain/digest.ts';
import type { UsageGroup } from '../../domain/usage/counted-usage.ts';
import type { ModelUsage } from '../../domain/usage/model-usage.ts';
import type { UsageOfAgent, UsageOfModel, UsageTotal } from '../../domain/usage/usage-total.ts';
import type { QuotaWindow, UsagePlace } from '../../domain/usage/quota-window.ts';
import type { UsageCharge } from '../../domain/usage/charge-of.ts';

/** A usage with what it counts as. */
export interface ChargedUsage extends UsagePlace {
  readonly usage: ModelUsage;
  readonly charge: UsageCharge;
  /** The instant in whose windows it counts. */
  readonly at: Date;
}

/** Which totals are told: those of a time, and of what is named; null names nothing. */
export interface UsageFilter {
  readonly from: Date;
  readonly to: Date;
  readonly repositoryId: number | null;
  /** Login. */
  readonly agent: string | null;
  readonly source: ModelUsage['source'] | null;
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
export interface StatedUsage extends StatedKey {
  /** Number of the pull request whose evidence states it: while that is open, it is known that it was charged. */
  readonly pullRequest: number;
}

/** By what usage that evidence states is known again. */
export interface StatedKey {
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
  /** What was added, by time and then in an order of its own; `after`: only what stands after this one. */
  usageTotals(accountId: number, filter: UsageFilter, page: { readonly after: UsageTotal | null; readonly limit: number }): Promise<readonly UsageTotal[]>;
  /** The same as sums over the time, at most `limit`, those with the most tokens first. */
  usageByModel(accountId: number, filter: UsageFilter, limit: number): Promise<readonly UsageOfModel[]>;
  /** What was added from one instant up to another, summed up over repositories too, at most `limit`, those with the most tokens first. */
  usageByAgent(accountId: number, from: Date, to: Date, limit: number): Promise<readonly UsageOfAgent[]>;
  /** Keeps that usage of evidence was charged. False: it was before. */
  chargeEvidence(stated: StatedUsage, at: Date): Promise<boolean>;
  isCharged(stated: StatedKey): Promise<boolean>;
  saveReservation(reservation: UsageReservation): Promise<void>;
  reservation(accountId: number, id: string): Promise<UsageReservation | null>;
  reservationOfKey(accountId: number, by: string, key: string): Promise<UsageReservation | null>;
  /** Open ones whose time is over, at most `limit`. */
  expiredReservations(accountId: number, now: Date, limit: number): Promise<readonly UsageReservation[]>;
  /** Keeps that somebody is told of a window. False: they were before. */
  alertOnce(accountId: number, window: QuotaWindow): Promise<boolean>;
  /** Keeps that a quota was passed in a window, by its limit. False: it was before. */
  breachOnce(accountId: number, window: QuotaWindow): Promise<boolean>;
}
