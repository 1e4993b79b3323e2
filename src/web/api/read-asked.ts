import type { IncomingHttpHeaders } from 'node:http';
import type { OperationShape } from './operation.ts';
import type { Parameter, Parameters, ValuesOf } from './parameter.ts';
import type { Problem } from './problem.ts';

type AskedInAddress<Shape extends OperationShape> =
  | { readonly kind: 'asked'; readonly path: ValuesOf<Shape['inPath']>; readonly query: ValuesOf<Shape['inQuery']>; readonly header: ValuesOf<Shape['inHeader']> }
  | { readonly kind: 'problem'; readonly problem: Problem };

const longestQuery = 2_000;

/** What an address asks for. What it says beside that is refused: a filter with a slip of the pen would tell of more than was meant. */
export function readAsked<Shape extends OperationShape>({ inPath, inQuery, inHeader }: Pick<Shape, 'inPath' | 'inQuery' | 'inHeader'>, given: { readonly path: Readonly<Record<string, string>>; readonly query: URLSearchParams; readonly headers: IncomingHttpHeaders }): AskedInAddress<Shape> {
  const { query, headers } = given;
  if (query.toString().length > longestQuery) return refusal('query_too_long', `The query is longer than ${longestQuery} characters, expected at most that.`);
  const names = [...query.keys()];
  const unknown = names.find((name) => !Object.hasOwn(inQuery, name));
  if (unknown !== undefined) return refusal('unknown_parameter', `There is no parameter ${JSON.stringify(unknown.slice(0, 80))}, expected ${listed(Object.keys(inQuery))}.`);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return refusal('repeated_parameter', `The parameter ${repeated} is there more than once, expected once.`);
  const path = valuesOf<Shape['inPath']>(inPath, (name) => given.path[name] ?? null);
  const asked = valuesOf<Shape['inQuery']>(inQuery, (name) => query.get(name));
  const said = valuesOf<Shape['inHeader']>(inHeader, (name) => headerOf(headers[name]));
  if (path.kind === 'wrong') return wrong(path);
  if (said.kind === 'wrong') return wrong(said);
  return asked.kind === 'wrong' ? wrong(asked) : { kind: 'asked', path: path.values, query: asked.values, header: said.values };
}

/** One that is there twice is none of what is expected. */
function headerOf(value: string | readonly string[] | undefined): string | null {
  return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
}

type Reading<Some extends Parameters> = { readonly kind: 'values'; readonly values: ValuesOf<Some> } | { readonly kind: 'wrong'; readonly name: string; readonly parameter: Parameter<unknown> };

function valuesOf<Some extends Parameters>(parameters: Some, textOf: (name: string) => string | null): Reading<Some> {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const text = textOf(name);
    const value = text === null ? null : parameter.read(text);
    if (value === undefined) return { kind: 'wrong', name, parameter };
    values[name] = value;
  }
  return hasValues<Some>(parameters, values) ? { kind: 'values', values } : { kind: 'values', values: Object.create(null) };
}

/** The compiler's view of what was read one by one. */
function hasValues<Some extends Parameters>(parameters: Some, values: Readonly<Record<string, unknown>>): values is ValuesOf<Some> {
  return Object.keys(parameters).every((name) => Object.hasOwn(values, name));
}

function wrong({ name, parameter }: Extract<Reading<Parameters>, { kind: 'wrong' }>): Extract<AskedInAddress<OperationShape>, { kind: 'problem' }> {
  return refusal('invalid_parameter', `The parameter ${name} is not what is expected: ${JSON.stringify(parameter.schema)}. ${parameter.description}`);
}

function refusal(code: string, detail: string): Extract<AskedInAddress<OperationShape>, { kind: 'problem' }> {
  return { kind: 'problem', problem: { status: 400, code, detail } };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
