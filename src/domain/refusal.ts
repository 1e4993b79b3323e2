/** Why another side said no, told apart as far as somebody can act on it. */
export const refusalCauses = [
  'primary_limit', 'secondary_limit', 'unauthorized', 'missing_permission', 'missing_workflows_permission', 'suspended', 'archived', 'sso', 'ip_list', 'locked', 'not_found', 'disabled', 'empty_repository', 'merge_conflict', 'moved',
  'exists', 'invalid_ref', 'object_unknown', 'no_commits', 'not_reopenable', 'protected', 'merge_queue', 'body_too_long', 'spammed', 'legal', 'server', 'broken', 'unknown',
] as const;

export type RefusalCause = (typeof refusalCauses)[number];

export interface Refusal {
  readonly cause: RefusalCause;
  /** Who can do something about it. */
  readonly owner: 'github' | 'operator' | 'administrator' | 'writer' | 'plumbline';
  /** What they do next, as a sentence. */
  readonly next: string;
  /** `after`: at the instant that was named. `back_off`: again, with growing waits. `read_first`: never blindly; what stands is read. `never`: not until somebody acted. */
  readonly retry: 'after' | 'back_off' | 'read_first' | 'never';
}

/** What each cause asks for. */
export function refusalOf(cause: RefusalCause): Refusal {
  return { cause, ...answers[cause] };
}

const answers: { readonly [Cause in RefusalCause]: Omit<Refusal, 'cause'> } = {
  primary_limit: { owner: 'github', next: 'It is asked again when the limit is renewed.', retry: 'after' },
  secondary_limit: { owner: 'github', next: 'It is asked again after the pause that GitHub names, or a minute.', retry: 'after' },
  unauthorized: { owner: 'operator', next: "Check the App's private key and the server's clock.", retry: 'back_off' },
  missing_permission: { owner: 'administrator', next: "Accept the App's permissions in the settings of the installation.", retry: 'never' },
  missing_workflows_permission: { owner: 'administrator', next: 'Make this change by hand: the App may not write workflows.', retry: 'never' },
  suspended: { owner: 'administrator', next: 'Unsuspend the installation.', retry: 'never' },
  archived: { owner: 'administrator', next: 'Unarchive the repository, or remove it from the installation.', retry: 'never' },
  sso: { owner: 'administrator', next: "Authorise the App for the organisation's single sign-on.", retry: 'never' },
  ip_list: { owner: 'administrator', next: "Add the server's address to the organisation's list of allowed addresses.", retry: 'never' },
  locked: { owner: 'writer', next: 'Unlock the conversation.', retry: 'never' },
  not_found: { owner: 'administrator', next: 'Check that it exists and that the App is installed on the repository.', retry: 'never' },
  disabled: { owner: 'administrator', next: 'Switch the feature on in the settings of the repository.', retry: 'never' },
  empty_repository: { owner: 'writer', next: 'Make a first commit.', retry: 'never' },
  merge_conflict: { owner: 'plumbline', next: 'What stands is read again, and merged anew.', retry: 'read_first' },
  moved: { owner: 'plumbline', next: 'Somebody else was faster. What stands is read again.', retry: 'read_first' },
  exists: { owner: 'plumbline', next: 'What is there is read, and adopted if it is ours.', retry: 'read_first' },
  invalid_ref: { owner: 'plumbline', next: 'Report it: a branch was named in a way that git does not take.', retry: 'never' },
  object_unknown: { owner: 'github', next: 'It is asked again: GitHub does not yet know what was just made.', retry: 'read_first' },
  no_commits: { owner: 'plumbline', next: 'Nothing differs from the base any more. What stands is read again.', retry: 'read_first' },
  not_reopenable: { owner: 'plumbline', next: 'The next generation is opened instead.', retry: 'never' },
  protected: { owner: 'administrator', next: 'Let the App create and update branches that begin with plumbline/ in the rules of the repository.', retry: 'never' },
  merge_queue: { owner: 'writer', next: 'Wait until the pull request left the merge queue, or remove it from there.', retry: 'read_first' },
  body_too_long: { owner: 'plumbline', next: 'Report it: a text was longer than GitHub takes.', retry: 'never' },
  spammed: { owner: 'github', next: "Ask GitHub's support why content of the App is taken for spam.", retry: 'never' },
  legal: { owner: 'administrator', next: "See GitHub's notice about the repository: it is blocked for legal reasons.", retry: 'never' },
  server: { owner: 'github', next: 'It is asked again; something that may have been made is looked for first.', retry: 'back_off' },
  broken: { owner: 'github', next: 'It is asked again; something that may have been made is looked for first.', retry: 'back_off' },
  unknown: { owner: 'operator', next: 'Report it with the words of GitHub. Nothing is tried again.', retry: 'never' },
};
