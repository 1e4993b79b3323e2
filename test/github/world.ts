import type { Json } from './json.ts';
import type { Upstream } from './upstream.ts';

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** What the emulator does not know about a pull request, or gets wrong: heads move, bases move, forks exist. */
export interface Pull {
  readonly number: number;
  readonly headBranch: string;
  /** Owner of the fork that the head is in; null for the repository itself. */
  readonly fork: string | null;
  readonly author: string;
  readonly createdAt: string;
  baseBranch: string;
  title: string;
  draft: boolean;
  state: 'open' | 'closed';
  mergeCommit: string | null;
  mergedAt: string | null;
  body: string;
  /** When and by whom it was closed or merged last; null while it is open. */
  closed: { readonly at: string; readonly by: string } | null;
  /** Who lets it merge by itself; null: nobody. */
  autoMergeBy: string | null;
  /** Commits that its merge put on the base. */
  brought: readonly string[];
  /** Head and base when it was closed or last pushed to. */
  headSha: string;
  baseSha: string;
}

export interface RequiredCheck {
  readonly context: string;
  /** Null: from anyone. */
  readonly appId: number | null;
  readonly by: 'ruleset' | 'protection';
}

export interface KeptArtifact {
  readonly id: number;
  readonly run: number;
  /** As GitHub describes it. */
  readonly shape: Json;
  /** Where its archive is, wherever that be. */
  readonly archive: string;
}

/** The state of one emulated GitHub beside the emulator's own. */
export interface World {
  readonly upstream: Upstream;
  readonly organization: string;
  readonly appId: number;
  readonly slug: string;
  readonly installationId: number;
  readonly permissions: Readonly<Record<string, string>>;
  readonly url: () => string;
  readonly now: () => Date;
  readonly roles: Map<string, Role>;
  /** Login by which the emulator knows somebody, by the one that they have now, where that is another. */
  readonly emulated: Map<string, string>;
  /** By full name. */
  readonly repositories: Map<string, { readonly id: number; readonly private: boolean }>;
  /** By full name. */
  readonly pulls: Map<string, Map<number, Pull>>;
  /** By `owner/name:branch`. */
  readonly required: Map<string, RequiredCheck[]>;
  /** Annotations by check run: the emulator replaces them, GitHub appends. */
  readonly annotations: Map<number, Json[]>;
  /** The App that created a check run. */
  readonly checkApps: Map<number, number | null>;
  /** Buttons of check runs, which the emulator does not keep. */
  readonly actions: Map<number, readonly Json[]>;
  /** Branches that nobody may push to, by `owner/name:branch`. */
  readonly protectedBranches: Set<string>;
  /** Whether the mutation that compares and swaps refs is there, which older servers have not. */
  hasUpdateRefs: boolean;
  /** Whether installations are shown who may do what in a repository, all in one query. */
  showsCollaborators: boolean;
  /** `owner/name#number` of issues that somebody deleted. */
  readonly deletedIssues: Set<string>;
  readonly reactions: Map<string, Json[]>;
  /** By slug. */
  readonly teams: Map<string, { readonly members: readonly string[]; readonly parent: string | null }>;
  /** Logins that own the organisation. */
  readonly owners: Set<string>;
  /** By `owner/name#number`, oldest first. */
  readonly reviews: Map<string, readonly Json[]>;
  /** Merge queues by `owner/name:branch`, first in the queue first. */
  readonly queues: Map<string, readonly { readonly number: number; readonly base: string; readonly head: string }[]>;
  /** What somebody changed in the settings of a repository, by full name, as GitHub describes it. */
  readonly settings: Map<string, Json>;
  /** Rules in force beside required checks, by `owner/name:branch`, as GitHub describes them. */
  readonly rules: Map<string, readonly Json[]>;
  /** By full name. */
  readonly rulesets: Map<string, readonly Json[]>;
  /** Runs of workflows by full name, newest first. */
  readonly runs: Map<string, readonly Json[]>;
  /** What runs left behind, by full name. */
  readonly artifacts: Map<string, readonly KeptArtifact[]>;
  /** Hands an event to the webhook queue. */
  emit(event: string, action: string | null, payload: Json): void;
}

/** The emulated branch that stands for a fork's: its objects are in the network, as on GitHub. */
export function refOfHead(pull: Pick<Pull, 'headBranch' | 'fork'>): string {
  return pull.fork === null ? pull.headBranch : `fork/${pull.fork}/${pull.headBranch}`;
}
