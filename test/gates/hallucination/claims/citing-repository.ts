import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepository } from '../../../builders/a-repository.ts';

/** A repository with much in it that tempts a verifier, and a change of it. */
export interface CitingRepository {
  readonly made: TestRepository;
  readonly directory: string;
  /** Tip of `main`, which is the merge base, too. */
  readonly base: string;
  /** An older commit of `main`. */
  readonly older: string;
  /** Of the change. */
  readonly ownCommit: string;
  readonly head: string;
  /** A commit that was fetched from a fork and is on no branch. */
  readonly forked: string;
}

const price = `import { roundHalfUp } from './rounding.ts';

/** Prices are kept in cents: 1999 is 19.99. */
export interface Price {
  readonly cents: number;
  readonly currency: string;
}

// Taxes of the country, as a share of the net price.
const taxRate = 0.19;
const largestDiscount = 3000;

export function grossPrice(net: Price): Price {
  if (net.cents < 0) throw new RangeError('a price is not negative');
  return { ...net, cents: roundHalfUp(net.cents * (1 + taxRate)) };
}

export function isRefundable(order: Order, now: Date): boolean {
  const days = daysBetween(order.paidAt, now);
  return !isDigital(order) && days <= 30;
}

export function discounted(price: Price, discount: number): Price {
  if (discount > largestDiscount) return price;
  const left = price.cents - discount;
  return { ...price, cents: Math.max(left, 0) };
}


export const formatPrice = (price: Price): string => [price.currency, price.cents / 100].join(' ');

export const defaultCurrency = 'EUR';
`;

export const texts = {
  price,
  tax: 'return { ...net, cents: roundHalfUp(net.cents * (1 + taxRate)) };',
  refund: 'return !isDigital(order) && days <= 30;',
} as const;

const repeated = Array.from({ length: 6 }, (_, index) => `export function case${index}(input: Input): Output {\n  assertIsReadable(input, 'the input of a case');\n  return outputs[${index}];\n}\n`).join('\n');
const giant = `var modules={${Array.from({ length: 30_000 }, (_, index) => `m${index}:function(a){return a*${index}}`).join(',')},closing:"the very last module of all"};`;
const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 132735\n`;

export function citingRepository(made: TestRepository): CitingRepository {
  const older = made.commit({
    'src/price.ts': texts.price,
    'src/legacy.ts': 'export function legacyDiscount(total: number): number {\n  return total * 0.75;\n}\n',
    'src/before-renaming.ts': "export const renamedLater = 'this module gets another name';\n",
    'src/rounding.ts': 'export function roundHalfUp(value: number): number {\n  return Math.floor(value + 0.5);\n}\n',
    'src/repeated.ts': repeated,
    'src/crlf.ts': "export function windowsLines(): string {\r\n  const ending = 'carriage return';\r\n  return ending;\r\n}\r\n",
    'src/bom.ts': "\ufeffexport const markedFile = 'begins with a byte order mark';\n",
    'src/bidi.ts': "const accessLevel = 'user';\nif (accessLevel !== 'user\u202e \u2066// only for admins\u2069 \u2066') {\n  grantAccessTo(adminPanel);\n}\n",
    'src/invisible.ts': 'export const can\u200bDelete = roles.includes(deleting);\n',
    'src/lookalike.ts': 'export const sc\u043epe = readScope(settings, request);\n',
    'src/kelvin.ts': 'export const unitOf\u212a = temperatureUnit(sensor);\n',
    'src/nfd.md': 'Le pre\u0301fixe de\u0301cide du tarif applique\u0301 a\u0300 la commande.\n',
    'src/giant.js': giant,
    'assets/model.bin': lfs,
    'assets/image.png': Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]), Buffer.from('author of this picture: the design department\n')]),
    'docs/latin1.txt': Buffer.from('Les pr\u00e9fixes d\u00e9cident du tarif de la commande enti\u00e8re.\n', 'latin1'),
    'docs/utf16.txt': Buffer.from('\ufeffThe prefix decides the tariff of the whole order.\n', 'utf16le'),
    'docs/large.txt': `${'All work and no play makes the build a dull thing.\n'.repeat(21_000)}The last line of the large file.\n`,
    'docs/star*.md': 'A file whose name is a pattern of files, and none of them.\n',
    '.plumbline/evidence/old.json': '{"claims":[{"text":"Prices are rounded half up, always."}]}\n',
    '-x': 'A file whose name looks like an option of a program.\n',
  });
  made.git('mv', 'src/before-renaming.ts', 'src/after-renaming.ts');
  made.git('rm', '-q', 'src/legacy.ts');
  symlinkSync('price.ts', join(made.directory, 'src/link.ts'));
  symlinkSync('src', join(made.directory, 'linked'));
  symlinkSync('/etc/passwd', join(made.directory, 'src/outside'));
  made.git('update-index', '--add', '--cacheinfo', `160000,${older},vendor/module`);
  const base = made.commit({ 'docs/guide.md': '# Guide\n\nRefunds are possible within 30 days.\n' });
  made.git('tag', '-a', 'v1.0', '-m', 'release');
  const forked = fork(made, base);
  made.git('checkout', '-q', '-b', 'topic');
  const ownCommit = made.commit({ 'src/price.ts': texts.price.replace('taxRate = 0.19', 'taxRate = 0.25'), 'src/own.ts': "export const ownProof = 'Prices are rounded to whole euros.';\n" });
  const head = made.commit({ 'src/price.ts': `${texts.price}\n// The tax rate was agreed with finance: it is one quarter.\n`, 'src/link.ts.md': 'nothing\n' });
  return { made, directory: made.directory, base, older, ownCommit, head, forked };
}

function fork(made: TestRepository, base: string): string {
  made.git('checkout', '-q', '--detach', base);
  const forked = made.commit({ 'src/price.ts': texts.price.replace('days <= 30', 'days <= 90') }, 'of a fork');
  made.git('update-ref', 'refs/pull/9/head', forked);
  made.git('checkout', '-q', 'main');
  return forked;
}
