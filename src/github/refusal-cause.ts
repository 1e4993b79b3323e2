import type { RefusalCause } from '../domain/refusal.ts';

interface Shape {
  readonly cause: RefusalCause;
  readonly status: number;
  /** Of GitHub's words, folded. Left out: whatever it says. */
  readonly said?: RegExp;
}

/** The first that fits tells the cause. Every shape stands in the corpus of the tests as it was recorded. */
const shapes: readonly Shape[] = [
  { cause: 'unauthorized', status: 401 },
  { cause: 'archived', status: 403, said: /archived/ },
  { cause: 'suspended', status: 403, said: /suspended/ },
  { cause: 'ip_list', status: 403, said: /ip allow list/ },
  { cause: 'sso', status: 403, said: /saml|single sign-on/ },
  { cause: 'legal', status: 403, said: /repository access blocked/ },
  { cause: 'locked', status: 403, said: /locked/ },
  { cause: 'spammed', status: 403, said: /spam|flagged/ },
  { cause: 'missing_workflows_permission', status: 403, said: /without `?workflows`? permission/ },
  { cause: 'protected', status: 403, said: /protected|rule violation/ },
  { cause: 'missing_permission', status: 403, said: /not accessible by integration|must have|permission/ },
  { cause: 'not_found', status: 404 },
  { cause: 'empty_repository', status: 409, said: /empty/ },
  { cause: 'moved', status: 409, said: /modified|does not match|is at .* but expected/ },
  { cause: 'merge_conflict', status: 409, said: /conflict/ },
  { cause: 'disabled', status: 410 },
  { cause: 'missing_workflows_permission', status: 422, said: /without `?workflows`? permission/ },
  { cause: 'merge_queue', status: 422, said: /merge queue/ },
  { cause: 'exists', status: 422, said: /already exists/ },
  { cause: 'no_commits', status: 422, said: /no commits between/ },
  { cause: 'not_reopenable', status: 422, said: /state cannot be changed|cannot be reopened/ },
  { cause: 'body_too_long', status: 422, said: /too long/ },
  { cause: 'spammed', status: 422, said: /spam|submitted too quickly|flagged/ },
  { cause: 'missing_permission', status: 422, said: /permissions requested are not granted/ },
  { cause: 'protected', status: 422, said: /protected|rule violation|must be made through/ },
  { cause: 'moved', status: 422, said: /not a fast forward|reference does not exist|expected branch to point/ },
  { cause: 'object_unknown', status: 422, said: /object does not exist|sha does not exist|could not resolve to a node|reference update failed/ },
  { cause: 'invalid_ref', status: 422, said: /valid ref|reference name|ref name/ },
  { cause: 'legal', status: 451 },
];

/** What an answer of GitHub means that is neither a success nor a limit. @param said Its message and those of its errors. */
export function refusalCause(status: number, said: string): RefusalCause {
  if (status >= 500 || status === 408 || (status >= 300 && status < 400)) return 'server';
  const folded = said.toLowerCase();
  return shapes.find((shape) => shape.status === status && (shape.said?.test(folded) ?? true))?.cause ?? 'unknown';
}
