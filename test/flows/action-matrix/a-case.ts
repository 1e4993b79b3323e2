import type { Tier } from '../../../src/domain/action/action.ts';
import type { Kind } from './kinds.ts';

/**
 * Where a change is made: under an organisation's configuration, in an organisation without one, in the organisation's own
 * `.github`, or in a repository of a user account. The last two are the root.
 */
export const places = ['organization', 'alone', 'dot-github', 'user'] as const;

/** Whose hands are in the change. `unseen`: its head came without a delivery. A team stands behind the agent that is operated. */
export const authorships = ['mona', 'mona and dev', 'fork', 'agent', 'operated agent', 'unseen', 'co-author'] as const;

/** The one entry of the whitelist, by what is special about it; it would fit without that. */
export const entries = ['none', 'exact', 'glob', 'every action', 'ended', 'last day', '30 days', '31 days', 'without operators', 'nobody', 'one missing', 'by team', 'other path', 'its path', 'low tier', 'other repository'] as const;

export const levels = ['organization', 'repository'] as const;

/** Who comments a yes to each action, in order. */
export const approvals = [[], ['ann'], ['cid'], ['ann', 'bob'], ['cid', 'dan'], ['cid', 'mona'], ['otto', 'adam'], ['olga'], ['cid', 'dan', 'olga'], ['cid', 'robo[bot]']] as const;

/** Who says no after that; `back`: and takes it back. */
export const rejections = [null, { by: 'ann', back: false }, { by: 'cid', back: false }, { by: 'olga', back: false }, { by: 'otto', back: false }, { by: 'mona', back: false }, { by: 'dan', back: true }] as const;

export interface Case {
  readonly tier: Tier;
  readonly name: string;
  readonly kinds: readonly Kind[];
  readonly place: (typeof places)[number];
  readonly authorship: (typeof authorships)[number];
  readonly entry: (typeof entries)[number];
  readonly level: (typeof levels)[number];
  readonly approvals: readonly string[];
  readonly rejection: (typeof rejections)[number];
}

export const author = { 'mona': 'mona', 'mona and dev': 'mona', 'fork': 'mona', 'agent': 'agent[bot]', 'operated agent': 'helper[bot]', 'unseen': 'mona', 'co-author': 'mona' } as const;

/** Logins of the people who are known to have a hand in the change. */
export const hands: Readonly<Record<Case['authorship'], readonly string[]>> = { 'mona': ['mona'], 'mona and dev': ['dev', 'mona'], 'fork': ['mona'], 'agent': ['agent[bot]'], 'operated agent': ['helper[bot]'], 'unseen': ['mona'], 'co-author': ['eve', 'mona'] };

/** Who stands behind an agent, as the configuration has it. */
export const operators: Partial<Readonly<Record<Case['authorship'], keyof typeof teams>>> = { 'operated agent': 'platform' };

/** Teams, and who owns the account. `mona` could approve, had she no hand in it. */
export const teams = { reviewers: ['ann', 'bob', 'mona'], governance: ['cid', 'dan', 'mona'], platform: ['mona', 'dev', 'eve'] } as const;
export const owners = ['olga', 'mona'] as const;
