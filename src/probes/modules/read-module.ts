import { parse } from '@babel/parser';
import type { ParserPlugin } from '@babel/parser';
import { limits } from '../../domain/limits.ts';
import { namesIn } from '../../domain/module/module-facts.ts';
import { isDeclarationFile } from '../../domain/module/source-file.ts';
import type { ModuleFacts, ModuleReading } from '../../domain/module/module-facts.ts';
import { commonJsNames } from './common-js.ts';
import { declaredNames } from './declared-names.ts';
import { isNode, nodeAt, nodesAt, textAt, walk } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { lateUses } from './late-uses.ts';
import { namespaceUses } from './namespace-uses.ts';
import { useAt } from './use-at.ts';

interface OpenFacts {
  readonly uses: ModuleFacts['uses'][number][];
  readonly exports: Set<string>;
  readonly passes: Set<string>;
  readonly passesAllOf: Set<string>;
  isOpen: boolean;
}

/** Parses a text and says what it takes and gives. Nothing of it is run. @param path By its name the language is told. */
export function readModule(path: string, text: string): ModuleReading {
  const program = programOf(path, text);
  if (typeof program === 'string') return { kind: 'unread', why: program };
  const facts = factsOf(program, path);
  return namesIn(facts) > limits.namesOfModule ? { kind: 'unread', why: `it takes or gives more than ${limits.namesOfModule} names`, isBeyondLimits: true } : { kind: 'read', facts };
}

function programOf(path: string, text: string): SyntaxNode | string {
  try {
    const { program } = parse(text, { sourceType: 'module', allowReturnOutsideFunction: true, allowUndeclaredExports: true, attachComment: false, createImportExpressions: true, plugins: pluginsFor(path) });
    return isNode(program) ? program : 'it is no module';
  } catch (thrown) {
    return thrown instanceof RangeError ? 'it nests too deep' : 'it has a syntax error, or syntax that is not known here';
  }
}

/** Both kinds of decorators stand in code of today. Flow stands in JavaScript only. */
function pluginsFor(path: string): ParserPlugin[] {
  const language: readonly ParserPlugin[] = /\.[cm]?ts$/i.test(path) ? [['typescript', { dts: isDeclarationFile(path) }]] : /\.tsx$/i.test(path) ? ['typescript', 'jsx'] : ['jsx', 'flow'];
  return [...language, 'decorators-legacy', 'decoratorAutoAccessors'];
}

function factsOf(program: SyntaxNode, path: string): ModuleFacts {
  const facts: OpenFacts = { uses: [], exports: new Set(), passes: new Set(), passesAllOf: new Set(), isOpen: false };
  const body = nodesAt(program, 'body');
  const isModule = body.some(({ type }) => /^(?:Import|Export|TSExportAssignment|TSImportEquals)/.test(type));
  for (const statement of body) readStatement(statement, facts);
  // Of declarations all that stands at the top is given, unless something says what is.
  if (isDeclarationFile(path) && isModule) for (const statement of body) for (const name of declaredNames(statement)) facts.exports.add(name);
  const nodes = [...walk(program)];
  for (const use of [...namespaceUses(body, nodes), ...lateUses(nodes)]) facts.uses.push(use);
  if (isModule ? !isTypeScript(path) : !isDeclarationFile(path)) readCommonJs(nodes, isModule, facts);
  else facts.isOpen ||= !isModule;
  return { uses: facts.uses, exports: [...facts.exports], passes: [...facts.passes], passesAllOf: [...facts.passesAllOf], isOpen: facts.isOpen };
}

/** A module may have both: what it gives by one it gives beside the other. A script gives nothing by itself, but may be a part of another one. */
function readCommonJs(nodes: readonly SyntaxNode[], isModule: boolean, facts: OpenFacts): void {
  const given = commonJsNames(nodes);
  if (given.kind === 'open' || (given.kind === 'none' && !isModule)) facts.isOpen = true;
  if (given.kind === 'names') for (const name of given.names) facts.exports.add(name);
}

function isTypeScript(path: string): boolean {
  return /\.(?:[cm]?ts|tsx)$/i.test(path);
}

function readStatement(statement: SyntaxNode, facts: OpenFacts): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      return readImport(statement, facts);
    case 'TSImportEqualsDeclaration':
      return readImportEquals(statement, facts);
    case 'ExportAllDeclaration':
      return readExportAll(statement, facts);
    case 'ExportNamedDeclaration':
      return readExports(statement, facts);
    case 'ExportDefaultDeclaration':
      facts.exports.add('default');
      return undefined;
    case 'TSExportAssignment':
      facts.isOpen = true;
      return undefined;
  }
}

function readImport(statement: SyntaxNode, { uses }: OpenFacts): void {
  const specifier = textAt(nodeAt(statement, 'source'), 'value');
  if (specifier === null) return;
  const named = nodesAt(statement, 'specifiers');
  if (named.every(({ type }) => type === 'ImportNamespaceSpecifier')) uses.push(useAt(specifier, null, statement));
  for (const one of named) {
    if (one.type === 'ImportDefaultSpecifier') uses.push(useAt(specifier, 'default', one));
    if (one.type === 'ImportSpecifier') uses.push(useAt(specifier, nameOf(nodeAt(one, 'imported')), one));
  }
}

function readImportEquals(statement: SyntaxNode, { uses, exports }: OpenFacts): void {
  const specifier = textAt(nodeAt(nodeAt(statement, 'moduleReference'), 'expression'), 'value');
  if (specifier !== null) uses.push(useAt(specifier, null, statement));
  if (statement['isExport'] === true) for (const name of declaredNames(statement)) exports.add(name);
}

/** Flow and older forms have the name here. */
function readExportAll(statement: SyntaxNode, { uses, passesAllOf }: OpenFacts): void {
  const specifier = textAt(nodeAt(statement, 'source'), 'value');
  if (specifier === null) return;
  passesAllOf.add(specifier);
  uses.push(useAt(specifier, null, statement));
}

function readExports(statement: SyntaxNode, facts: OpenFacts): void {
  const declaration = nodeAt(statement, 'declaration');
  if (declaration?.type === 'TSImportEqualsDeclaration') readImportEquals(declaration, facts);
  if (declaration !== null) for (const name of declaredNames(declaration)) facts.exports.add(name);
  const specifier = textAt(nodeAt(statement, 'source'), 'value');
  const named = nodesAt(statement, 'specifiers');
  if (specifier !== null && named.every(({ type }) => type === 'ExportNamespaceSpecifier')) facts.uses.push(useAt(specifier, null, statement));
  for (const one of named) {
    const exported = nameOf(nodeAt(one, 'exported'));
    if (exported === null) continue;
    (specifier === null ? facts.exports : facts.passes).add(exported);
    if (specifier === null) continue;
    if (one.type === 'ExportSpecifier') facts.uses.push(useAt(specifier, nameOf(nodeAt(one, 'local')), one));
    // A proposal that Babel reads too: `export a from './a'`.
    if (one.type === 'ExportDefaultSpecifier') facts.uses.push(useAt(specifier, 'default', one));
  }
}

/** A name may be written as a text. */
function nameOf(node: SyntaxNode | null): string | null {
  return textAt(node, 'name') ?? textAt(node, 'value');
}
