/** A reader for the part of the GraphQL language that queries are written in: fields, aliases, arguments, variables, inline fragments. */
export interface Selection {
  readonly kind: 'field' | 'fragment';
  /** Type condition of a fragment, or name of a field. */
  readonly name: string;
  readonly alias: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  readonly selections: readonly Selection[];
}

export type Argument = { readonly variable: string } | { readonly value: Literal | readonly Literal[] };

type Literal = string | number | boolean | null;

export interface Query {
  readonly operation: 'query' | 'mutation';
  readonly variables: readonly { readonly name: string; readonly required: boolean }[];
  readonly selections: readonly Selection[];
}

export function parseQuery(text: string): Query {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|\.\.\.|[A-Za-z_$][A-Za-z0-9_]*|-?\d+|[{}():!,[\]=]/g)?.filter((token) => token !== ',') ?? [];
  const reader = { tokens, at: 0 };
  const operation = peek(reader) === 'mutation' ? 'mutation' : 'query';
  if (peek(reader) === operation) take(reader);
  const variables = peek(reader) === '(' ? readVariables(reader) : [];
  const selections = readSelections(reader);
  if (reader.at !== tokens.length) throw new Error(`Parse error on "${peek(reader)}"`);
  return { operation, variables, selections };
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function peek(reader: Reader): string {
  return reader.tokens[reader.at] ?? 'end';
}

function take(reader: Reader, wanted?: string): string {
  const token = peek(reader);
  if (wanted !== undefined && token !== wanted) throw new Error(`Parse error on "${token}", expected "${wanted}"`);
  reader.at += 1;
  return token;
}

function readVariables(reader: Reader): Query['variables'] {
  const found: { name: string; required: boolean }[] = [];
  take(reader, '(');
  while (peek(reader) !== ')') {
    const name = take(reader).slice(1);
    take(reader, ':');
    if (peek(reader) === '[') {
      take(reader, '[');
      take(reader);
      if (peek(reader) === '!') take(reader);
      take(reader, ']');
    } else take(reader);
    const required = peek(reader) === '!';
    if (required) take(reader);
    found.push({ name, required });
  }
  take(reader, ')');
  return found;
}

function readSelections(reader: Reader): readonly Selection[] {
  const found: Selection[] = [];
  take(reader, '{');
  while (peek(reader) !== '}') found.push(peek(reader) === '...' ? readFragment(reader) : readField(reader));
  take(reader, '}');
  return found;
}

function readFragment(reader: Reader): Selection {
  take(reader, '...');
  take(reader, 'on');
  const name = take(reader);
  return { kind: 'fragment', name, alias: name, arguments: {}, selections: readSelections(reader) };
}

function readField(reader: Reader): Selection {
  const first = take(reader);
  const alias = peek(reader) === ':' ? first : null;
  if (alias !== null) take(reader, ':');
  const name = alias === null ? first : take(reader);
  const given = peek(reader) === '(' ? readArguments(reader) : {};
  return { kind: 'field', name, alias: alias ?? name, arguments: given, selections: peek(reader) === '{' ? readSelections(reader) : [] };
}

function readArguments(reader: Reader): Readonly<Record<string, Argument>> {
  const found: Record<string, Argument> = {};
  take(reader, '(');
  while (peek(reader) !== ')') {
    const name = take(reader);
    take(reader, ':');
    if (peek(reader) === '[') {
      found[name] = { value: readList(reader) };
      continue;
    }
    const token = take(reader);
    found[name] = token.startsWith('$') ? { variable: token.slice(1) } : { value: literalOf(token) };
  }
  take(reader, ')');
  return found;
}

function readList(reader: Reader): readonly Literal[] {
  const found: Literal[] = [];
  take(reader, '[');
  while (peek(reader) !== ']') found.push(literalOf(take(reader)));
  take(reader, ']');
  return found;
}

function literalOf(token: string): string | number | boolean | null {
  if (token.startsWith('"')) return JSON.parse(token);
  if (/^-?\d+$/.test(token)) return Number(token);
  return token === 'true' ? true : token === 'false' ? false : token === 'null' ? null : token;
}
