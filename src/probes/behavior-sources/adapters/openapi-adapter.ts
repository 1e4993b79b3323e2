import type { OpenapiOperation } from '../../../domain/behavior/behavior-source.ts';
import { quoted } from '../../../domain/finding.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import type { SourceAdapter } from '../behavior-reader.ts';
import { noSignal } from '../no-signal.ts';
import type { NoSignal } from '../no-signal.ts';
import { checkOperations } from '../openapi/check-operations.ts';
import type { OperationToCheck } from '../openapi/check-operations.ts';
import { grantedSecret } from '../source-grants.ts';
import type { WebSources } from './web-sources.ts';

/** What live responses have against the document that the base has: `{differences: […]}`. One operation without an answer, and none is. */
export function openapiAdapter({ repository, reader, grants, validator, clock }: WebSources): SourceAdapter<'openapi'> {
  return async ({ document: path, server, secret: name, operations }, { documents }) => {
    const document = documents.find((one) => one.path === path)?.value;
    if (!isJsonObject(document)) return noSignal(`${quoted(path)} is no OpenAPI document`);
    const found = operations.map((operation) => operationOf(document, operation));
    const unknown = found.find((one) => 'kind' in one);
    if (unknown !== undefined) return unknown;
    const granted = grantedSecret(grants, { name, repository, url: server });
    if (granted.kind === 'no-signal') return granted;
    const answer = await checkOperations(reader, validator, { url: server, document, operations: found.flatMap((one) => ('kind' in one ? [] : [one])), secret: granted.secret });
    if (answer.kind === 'no-signal') return answer;
    const differences: string[] = [];
    for (const [index, one] of answer.answers.entries()) {
      const id = operations[index]?.id ?? '';
      if (one.kind === 'no-signal') return noSignal(`the operation ${quoted(id)}: ${one.why}`);
      if (one.kind === 'violations') differences.push(...one.violations.map(({ pointer, message }) => `${id}${pointer} ${message}`), ...(one.violations.length === 0 ? [id] : []));
    }
    return { kind: 'answered', value: { differences }, observedAt: clock.now().toISOString(), generator: null };
  };
}

/** The operation of an id, with its parameters where its path has a place for them and else as a query. */
function operationOf(document: JsonObject, { id, parameters }: OpenapiOperation): OperationToCheck | NoSignal {
  const paths = Object.entries(objectOf(document['paths']));
  const [path, item] = paths.find(([, one]) => objectOf(objectOf(one)['get'])['operationId'] === id) ?? [];
  if (path === undefined) return noSignal(`the document has no operation ${quoted(id)} of method GET`);
  const status = statusOf(objectOf(objectOf(objectOf(item)['get'])['responses']));
  if (status === null) return noSignal(`the document describes no success of the operation ${quoted(id)}`);
  const isInPath = (name: string): boolean => path.includes(`{${name}}`);
  const query = new URLSearchParams(Object.entries(parameters).filter(([name]) => !isInPath(name))).toString();
  const at = Object.entries(parameters).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, () => encodeURIComponent(value)), path);
  return { path, at: query === '' ? at : `${at}?${query}`, status };
}

/** The lowest one; one that is described for all of them is 200. */
function statusOf(responses: JsonObject): number | null {
  const stated = Object.keys(responses).filter((name) => /^2\d\d$/.test(name)).map(Number).toSorted((a, b) => a - b)[0];
  return stated ?? (Object.hasOwn(responses, '2XX') || Object.hasOwn(responses, 'default') ? 200 : null);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
