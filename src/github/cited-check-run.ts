import type { CheckRunAnswer, FoundRun } from '../domain/agent-evidence/check-run-answer.ts';
import { Failure } from '../domain/failure.ts';
import { numberAt, optionalTextAt, shaAt, textAt, valueAt } from './answer.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { RepositoryCalls } from './repository-calls.ts';

type Told = Exclude<CheckRunAnswer, { readonly kind: 'left' }>;

/** Characters that are kept of a name. */
const longestName = 255;

interface RunSources {
  readonly calls: RepositoryCalls;
  readonly kept: KeptAnswers;
  readonly appId: number;
}

/**
 * A check run of the repository by its id, asked for anew, since its App may still change what it says; by its ETag, so that the same answer costs nothing.
 * Under this address GitHub knows none of other repositories.
 */
export async function readCheckRun({ calls, kept, appId }: RunSources, id: number): Promise<Told> {
  const resource = { accountId: calls.ref.account.id, key: `${calls.ref.id}:check-run:${id}` };
  try {
    const text = await kept.read(resource, (headers) => calls.read('/check-runs/{check_run_id}', { check_run_id: id }, headers), (body) => JSON.stringify(partsOf(body, id)));
    return { kind: 'found', run: runIn(JSON.parse(text), appId) };
  } catch (thrown) {
    const told = toldBy(thrown);
    if (told === null) throw thrown;
    return told;
  }
}

/** What is read of an answer, under GitHub's names. */
function partsOf(body: unknown, id: number): Readonly<Record<string, unknown>> {
  if (numberAt(body, ['id']) !== id) throw new Failure('GITHUB_UNAVAILABLE', `Cannot read check run ${id}: the answer is about another one, expected this one`);
  const status = shown(textAt(body, ['status']));
  const app = valueAt(body, ['app']) === null ? null : { id: numberAt(body, ['app', 'id']), slug: shown(optionalTextAt(body, ['app', 'slug']) ?? '') };
  return { head_sha: shaAt(body, ['head_sha']), name: shown(textAt(body, ['name'])), status, conclusion: status === 'completed' ? shown(textAt(body, ['conclusion'])) : null, app };
}

/** Whoever may write checks chooses names: they stand in the record, which has no half characters. */
function shown(text: string): string {
  return text.slice(0, longestName).toWellFormed();
}

function runIn(parts: unknown, appId: number): FoundRun {
  const app = valueAt(parts, ['app']) === null ? null : { slug: textAt(parts, ['app', 'slug']), isOwn: numberAt(parts, ['app', 'id']) === appId };
  return { head: shaAt(parts, ['head_sha']), name: textAt(parts, ['name']), status: textAt(parts, ['status']), conclusion: optionalTextAt(parts, ['conclusion']), app };
}

/** What GitHub says by saying no. All else another attempt may tell. */
function toldBy(thrown: unknown): Told | null {
  if (!(thrown instanceof Failure)) return null;
  if (thrown.code === 'NOT_FOUND') return { kind: 'absent' };
  return thrown.code === 'GITHUB_REFUSED' ? { kind: 'refused', why: thrown.message } : null;
}
