import type { Annotation, CheckState, Effect } from '../domain/effect.ts';
import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import { numberAt, optionalTextAt, textAt, valueAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Annotations that GitHub takes in one call; more calls append. */
const batchSize = 50;

export interface FoundCheck {
  readonly id: number;
  readonly status: string;
  readonly annotations: number;
}

/** Creates a run with the first annotations and appends the others. The run exists once the first call has answered. */
export async function createCheckRun(calls: RepositoryCalls, effect: Extract<Effect, { kind: 'check' }>): Promise<number> {
  refuseOverlong(effect.name, effect.state);
  const first = effect.state.annotations.slice(0, batchSize);
  const { body } = await calls.create('/check-runs', { name: effect.name, head_sha: effect.head, external_id: effect.key, ...stateOf(effect.state, first) });
  const id = idOf(body, effect.name);
  if (effect.state.annotations.length > batchSize) await updateCheckRun(calls, id, effect.state, batchSize);
  return id;
}

/** Sets the state and appends the annotations from an index on. With annotations to append, doubt is GITHUB_AMBIGUOUS. */
export async function updateCheckRun(calls: RepositoryCalls, id: number, state: CheckState, annotationsFrom: number): Promise<void> {
  refuseOverlong(`run ${id}`, state);
  const route = '/check-runs/{check_run_id}';
  let from = annotationsFrom;
  do {
    const batch = state.annotations.slice(from, from + batchSize);
    const parameters = { check_run_id: id, ...stateOf(state, batch) };
    await (batch.length === 0 ? calls.write('PATCH', route, parameters) : calls.append(route, parameters));
    from += batchSize;
  } while (from < state.annotations.length);
}

/** Our App's run with this external id. Runs of other Apps with the same name and id are not ours. */
export async function findCheckRun(calls: RepositoryCalls, appId: number, wanted: { readonly head: Sha; readonly name: string; readonly key: string }): Promise<FoundCheck | null> {
  let found: FoundCheck | null = null;
  const query = { ref: wanted.head, check_name: wanted.name, app_id: appId, filter: 'all' };
  await forEachItem((page) => calls.read('/commits/{ref}/check-runs', { ...query, ...page }), ['check_runs'], (run) => {
    if (optionalTextAt(run, ['external_id']) !== wanted.key || valueAt(run, ['app', 'id']) !== appId) return true;
    found = { id: numberAt(run, ['id']), status: textAt(run, ['status']), annotations: numberAt(run, ['output', 'annotations_count']) };
    return false;
  });
  return found;
}

function stateOf(state: CheckState, annotations: readonly Annotation[]): Readonly<Record<string, unknown>> {
  return {
    status: state.status,
    ...(state.conclusion === null ? {} : { conclusion: state.conclusion }),
    ...(state.actions === undefined ? {} : { actions: state.actions.map(({ label, description, identifier }) => ({ label, description, identifier })) }),
    output: {
      title: state.title,
      summary: state.summary,
      ...(state.text === null ? {} : { text: state.text }),
      ...(annotations.length === 0 ? {} : { annotations: annotations.map(annotationOf) }),
    },
  };
}

function annotationOf(annotation: Annotation): Readonly<Record<string, unknown>> {
  const column = annotation.startLine === annotation.endLine ? annotation.startColumn : null;
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    ...(column === null ? {} : { start_column: column, end_column: column }),
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
  };
}

/** The answer to a create that holds no id leaves open which run is ours. */
function idOf(body: unknown, name: string): number {
  try {
    return numberAt(body, ['id']);
  } catch (thrown) {
    throw new Failure('GITHUB_AMBIGUOUS', `Cannot tell the id of check run "${name}": an answer without it, expected a number`, { cause: thrown });
  }
}

/** Rendering cuts texts. One that is still too long would be refused, and the run would stay open for ever. */
function refuseOverlong(name: string, state: CheckState): void {
  refuseLongerThan(name, 'title', state.title, 255);
  refuseLongerThan(name, 'summary', state.summary, 65_535);
  refuseLongerThan(name, 'text', state.text ?? '', 65_535);
  for (const annotation of state.annotations) {
    refuseLongerThan(name, 'annotation title', annotation.title, 255);
    refuseLongerThan(name, 'annotation message', annotation.message, 65_535);
  }
  for (const action of state.actions ?? []) {
    refuseLongerThan(name, 'action label', action.label, 20);
    refuseLongerThan(name, 'action description', action.description, 40);
    refuseLongerThan(name, 'action identifier', action.identifier, 20);
  }
}

function refuseLongerThan(name: string, field: string, text: string, most: number): void {
  if (text.length <= most) return;
  throw new Failure('GITHUB_REFUSED', `Cannot post ${field} of check "${name}": ${text.length} characters, expected at most ${most}`);
}
