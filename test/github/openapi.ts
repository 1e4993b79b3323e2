import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { toleratedIn } from './tolerated-answers.ts';
import { isJson, objectOf } from './json.ts';
import type { Json } from './json.ts';
import type { Exchange } from './proxy.ts';

/** GitHub's own description of its API, read once per process and only when somebody asks for violations. */
let description: Promise<Description> | null = null;

interface Description {
  readonly webhooks: Json;
  /** By number of segments: template, and operations by method. */
  readonly paths: readonly { readonly template: string; readonly parts: readonly string[]; readonly operations: Json }[];
  /** Names of parameters, by the names under which they are described. */
  readonly parameters: Json;
  readonly validators: Map<string, ValidateFunction>;
  readonly ajv: Ajv;
}

/** What differs from GitHub's description: each line says where, what and how. Faults made on purpose are left out. */
export async function violationsOf(exchanges: readonly Exchange[]): Promise<readonly string[]> {
  description ??= load();
  const found = new Set<string>();
  for (const exchange of exchanges) {
    if ((exchange.by !== 'app' && exchange.by !== 'installation') || exchange.kind === 'query' || exchange.kind === 'mutation') continue;
    for (const problem of problemsOf(await description, exchange)) found.add(problem);
  }
  return [...found].toSorted();
}

/** Whether a webhook's payload has the shape that GitHub describes. */
export async function payloadViolations(event: string, action: string | null, payload: Json): Promise<readonly string[]> {
  description ??= load();
  const known = await description;
  const name = `${event.replaceAll('_', '-')}${action === null ? '' : `-${action.replaceAll('_', '-')}`}`;
  const schema = schemaOf(known.webhooks[name], ['post', 'requestBody', 'content', 'application/json', 'schema']);
  if (schema === null) return [`webhook ${name}: not described`];
  return errorsOf(known, `webhook ${name}`, schema, payload);
}

async function load(): Promise<Description> {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi').replace(/index\.js$/, 'generated/api.github.com.json');
  const document = objectOf(JSON.parse(await readFile(file, 'utf8')));
  const paths = Object.entries(objectOf(document['paths'])).map(([template, operations]) => ({ template, parts: template.split('/'), operations: objectOf(operations) }));
  // Large schemas are compiled to judge a few values: each that others name is compiled once, and none is polished.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, logger: false, inlineRefs: false, code: { optimize: false }, validateSchema: false });
  formats.default(ajv);
  for (const [name, schema] of Object.entries(objectOf(objectOf(document['components'])['schemas']))) ajv.addSchema(objectOf(translate(schema)), name);
  return { webhooks: objectOf(document['x-webhooks'] ?? document['webhooks']), paths, parameters: objectOf(objectOf(document['components'])['parameters']), validators: new Map(), ajv };
}

function problemsOf(known: Description, exchange: Exchange): readonly string[] {
  const operation = operationOf(known, exchange);
  const where = `${exchange.method} ${operation?.template ?? exchange.path}`;
  if (operation === null) return [`${where}: GitHub has no such operation`];
  const problems = [...queryProblems(known, where, operation.operation, exchange)];
  const wanted = schemaOf(operation.operation['requestBody'], ['content', 'application/json', 'schema']);
  if (wanted !== null && exchange.requestBody !== null) problems.push(...errorsOf(known, `${where} request`, wanted, exchange.requestBody));
  if (exchange.fault !== null || exchange.status >= 400 || exchange.status === 304 || exchange.status === 204) return problems;
  const responses = objectOf(operation.operation['responses']);
  if (responses[String(exchange.status)] === undefined) return [...problems, `${where}: GitHub never answers ${exchange.status}`];
  const schema = schemaOf(responses[String(exchange.status)], ['content', 'application/json', 'schema']);
  return schema === null ? problems : [...problems, ...errorsOf(known, `${where} ${exchange.status}`, schema, exchange.answerBody)];
}

/** Of several templates that fit, the one with the fewest placeholders. */
function operationOf(known: Description, exchange: Exchange): { readonly template: string; readonly operation: Json } | null {
  const given = exchange.path.split('/');
  const fits = known.paths
    .filter(({ parts, operations }) => parts.length === given.length && operations[exchange.method.toLowerCase()] !== undefined && parts.every((part, index) => part.startsWith('{') || part === given[index]))
    .toSorted((a, b) => a.parts.filter((part) => part.startsWith('{')).length - b.parts.filter((part) => part.startsWith('{')).length);
  const best = fits[0];
  return best === undefined ? null : { template: best.template, operation: objectOf(best.operations[exchange.method.toLowerCase()]) };
}

function queryProblems(known: Description, where: string, operation: Json, exchange: Exchange): readonly string[] {
  const declared = (Array.isArray(operation['parameters']) ? operation['parameters'] : []).map((one: unknown) => {
    const reference = isJson(one) && typeof one['$ref'] === 'string' ? one['$ref'].split('/').at(-1) : null;
    return objectOf(reference === null || reference === undefined ? one : known.parameters[reference])['name'];
  });
  return [...new URLSearchParams(exchange.query).keys()].filter((name) => !declared.includes(name)).map((name) => `${where}: unknown query parameter "${name}"`);
}

function errorsOf(known: Description, where: string, schema: Json, value: unknown): readonly string[] {
  const validate = known.validators.get(where) ?? known.ajv.compile(objectOf(translate(schema)));
  known.validators.set(where, validate);
  if (validate(value)) return [];
  const lines = (validate.errors ?? []).filter((error) => !['anyOf', 'oneOf', 'if'].includes(error.keyword) && error.params['type'] !== 'null').map((error) => `${where}: ${error.instancePath.replaceAll(/\/\d+/g, '/#')} ${error.message ?? ''}`);
  return [...new Set(lines)].filter((line) => !toleratedIn(line));
}

/** In JSON Schema's words instead of OpenAPI 3.0's. */
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (!isJson(value)) return value;
  if (typeof value['$ref'] === 'string') return { $ref: value['$ref'].split('/').at(-1) };
  const { nullable, example: _example, examples: _examples, ...rest } = value;
  const made = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, translate(member)]));
  return nullable === true ? { anyOf: [made, { type: 'null' }] } : made;
}

function schemaOf(root: unknown, path: readonly string[]): Json | null {
  let value: unknown = root;
  for (const step of path) value = isJson(value) ? value[step] : undefined;
  return isJson(value) ? value : null;
}
