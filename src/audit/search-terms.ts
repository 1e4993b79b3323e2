import { isJsonObject } from '../domain/json-value.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { Commitment, Opening } from './entry.ts';
import type { ReadEntry } from './read-entry.ts';

/** By what an entry is found. An index over the log: what is evidence is the entry. */
export interface SearchTerms {
  readonly event: string;
  readonly repository: { readonly id: number; /** In lower case. */ readonly name: string } | null;
  /** Each once, in lower case: `user:mona`, `app:plumbline`, `system`, `unknown`. None once what opens the actor was erased. */
  readonly actors: readonly string[];
  /** Of the action that the entry is about, or the highest that a decision judged; null where there is none. */
  readonly tier: number | null;
  /** Its first words: what stands before a colon or a parenthesis. */
  readonly outcome: string;
}

/** What an entry and its openings say of it. */
export function searchTermsOf(entry: Pick<ReadEntry, 'event' | 'repository' | 'actor' | 'outcome' | 'payload'>, openings: readonly Opening[]): SearchTerms {
  const { event, repository, outcome } = entry;
  return {
    event,
    repository: repository === null ? null : { id: repository.id, name: repository.name.toLowerCase() },
    actors: actorsIn(openedText(entry.actor, openings)),
    tier: tierOf(event, entry.payload === null ? null : openedText(entry.payload, openings)),
    outcome: outcome.split(/: | \(/, 1)[0] ?? outcome,
  };
}

/** As an actor is compared, whoever wrote it. */
export function foldedActor(actor: string): string {
  return actor.toLowerCase();
}

function actorsIn(text: string | null): readonly string[] {
  return text === null ? [] : [...new Set(text.split(', ').map(foldedActor))];
}

/** Null: it was erased. */
function openedText({ digest }: Commitment, openings: readonly Opening[]): string | null {
  const opening = openings.find((one) => one.digest === digest);
  return opening === undefined ? null : new TextDecoder().decode(opening.bytes);
}

function tierOf(event: string, payload: string | null): number | null {
  if (payload === null) return null;
  switch (event) {
    case 'action.allowed':
    case 'action.blocked':
      return tierIn(parseJson(payload));
    case 'approval.counted':
      return approvedTiers[textIn(parseJson(payload), 'from')] ?? null;
    case 'decision.made': {
      // Most decisions judge no action, and parsing them costs more than looking.
      const tiers = payload.includes('"judged"') ? judgedIn(parseJson(payload)).flatMap((one) => tierIn(one) ?? []) : [];
      return tiers.length === 0 ? null : Math.max(...tiers);
    }
    default:
      return null;
  }
}

const approvedTiers: Readonly<Record<string, number>> = { tier2: 2, tier3: 3 };

function tierIn(value: JsonValue | undefined): number | null {
  const tier = isJsonObject(value) ? value['tier'] : null;
  return typeof tier === 'number' && [1, 2, 3, 4].includes(tier) ? tier : null;
}

function textIn(value: JsonValue | undefined, name: string): string {
  const text = isJsonObject(value) ? value[name] : null;
  return typeof text === 'string' ? text : '';
}

function judgedIn(decision: JsonValue | undefined): readonly JsonValue[] {
  const verdicts = isJsonObject(decision) ? decision['verdicts'] : null;
  return listOf(verdicts).flatMap((verdict) => listOf(isJsonObject(verdict) ? verdict['judged'] : null));
}

function listOf(value: JsonValue | null | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
