import type { ModuleUse } from '../../domain/module/module-facts.ts';
import { memberTaken } from './member-taken.ts';
import { namesMade } from './names-made.ts';
import { childrenOf, nodeAt, nodesAt, textAt, walk } from './syntax-node.ts';
import type { SyntaxNode } from './syntax-node.ts';
import { useAt } from './use-at.ts';

/**
 * Modules that are loaded when the code comes there (`import()`, `require()`), or named by a type, with the names that are taken at once.
 * What is tried (`try`, `.catch`) may be missing: nothing is told of it.
 */
export function lateUses(nodes: readonly SyntaxNode[]): readonly ModuleUse[] {
  const tried = new Set(nodes.filter(isTrying).flatMap(withAllBelow));
  const named = new Map(nodes.flatMap(namesTaken));
  return nodes.flatMap((node) => {
    const specifier = tried.has(node) ? null : specifierOf(node);
    if (specifier === null) return [];
    const taken = node.type === 'TSImportType' ? typeName(node) : (named.get(node) ?? []);
    return taken.length === 0 ? [useAt(specifier, null, node)] : taken.map(({ name, at }) => useAt(specifier, name, at));
  });
}

function specifierOf(node: SyntaxNode): string | null {
  if (node.type === 'ImportExpression') return literalOf(nodeAt(node, 'source'));
  if (node.type === 'TSImportType') return literalOf(nodeAt(node, 'source')) ?? literalOf(nodeAt(node, 'argument'));
  const isRequire = node.type === 'CallExpression' && textAt(nodeAt(node, 'callee'), 'name') === 'require';
  return isRequire ? literalOf(nodesAt(node, 'arguments')[0] ?? null) : null;
}

/** A template without a part is a text. */
function literalOf(node: SyntaxNode | null): string | null {
  if (node?.type === 'StringLiteral') return textAt(node, 'value');
  const [only, ...others] = node?.type === 'TemplateLiteral' ? nodesAt(node, 'quasis') : [];
  const told: unknown = only?.['value'];
  return others.length === 0 && typeof told === 'object' && told !== null && 'cooked' in told && typeof told.cooked === 'string' ? told.cooked : null;
}

interface TakenName {
  readonly name: string;
  /** Where it stands. */
  readonly at: SyntaxNode;
}

/** The first of `import('./a').B.C`. */
function typeName(node: SyntaxNode): readonly TakenName[] {
  let left = nodeAt(node, 'qualifier');
  while (left?.type === 'TSQualifiedName') left = nodeAt(left, 'left');
  return takenAt(left);
}

/** `const { a, b: c } = await import('./x')`, `(await import('./x')).a`, the same of `require('./x')`, and `import('./x').then(({ a }) => …)`: by the node of the import. */
function namesTaken(node: SyntaxNode): readonly (readonly [SyntaxNode, readonly TakenName[]])[] {
  if (node.type === 'VariableDeclarator') return takenFrom(nodeAt(node, 'init'), patternNames(nodeAt(node, 'id')));
  if (node.type === 'MemberExpression' && node['computed'] !== true) return takenFrom(nodeAt(node, 'object'), takenAt(nodeAt(node, 'property')));
  const loaded = isThen(node) ? nodeAt(nodeAt(node, 'callee'), 'object') : null;
  return loaded?.type === 'ImportExpression' ? [[loaded, namesOfParameter(nodesAt(node, 'arguments')[0] ?? null)]] : [];
}

function takenFrom(value: SyntaxNode | null, names: readonly TakenName[]): readonly (readonly [SyntaxNode, readonly TakenName[]])[] {
  const loaded = value?.type === 'AwaitExpression' ? nodeAt(value, 'argument') : value?.type === 'CallExpression' ? value : null;
  return loaded === null || specifierOf(loaded) === null ? [] : [[loaded, names]];
}

function patternNames(pattern: SyntaxNode | null): readonly TakenName[] {
  return pattern?.type === 'ObjectPattern' ? nodesAt(pattern, 'properties').flatMap((one) => (one['computed'] === true ? [] : takenAt(nodeAt(one, 'key')))) : [];
}

/** Of a function the names that it takes from its first parameter. Where something else in it has the name of that nothing is told. */
function namesOfParameter(made: SyntaxNode | null): readonly TakenName[] {
  const [parameter, body] = [nodesAt(made, 'params')[0] ?? null, nodeAt(made, 'body')];
  const name = textAt(parameter, 'name');
  if (name === null || body === null) return patternNames(parameter);
  const within = [...walk(body)];
  if (within.flatMap(namesMade).includes(name)) return [];
  return within.flatMap((node) => {
    const taken = memberTaken(node);
    return taken?.of === name ? takenAt(nodeAt(node, 'property')) : [];
  });
}

function takenAt(node: SyntaxNode | null): readonly TakenName[] {
  const name = textAt(node, 'name');
  // What all objects have is no name of the module.
  return node === null || name === null || Object.hasOwn(Object.prototype, name) ? [] : [{ name, at: node }];
}

/** A second argument of `then` is for what fails. */
function isTrying(node: SyntaxNode): boolean {
  if (node.type === 'TryStatement') return true;
  const isCatch = node.type === 'CallExpression' && textAt(nodeAt(nodeAt(node, 'callee'), 'property'), 'name') === 'catch';
  return isCatch || (isThen(node) && nodesAt(node, 'arguments').length > 1);
}

function isThen(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && textAt(nodeAt(nodeAt(node, 'callee'), 'property'), 'name') === 'then';
}

function withAllBelow(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const open = [node.type === 'TryStatement' ? nodeAt(node, 'block') : nodeAt(nodeAt(node, 'callee'), 'object')];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === null) continue;
    found.push(next);
    for (const child of childrenOf(next)) open.push(child);
  }
  return found;
}
