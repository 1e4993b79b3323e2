/** Names that very many use, as another name is held against them. */
export interface NearNames {
  /** The popular name that another one may be mistaken for; null: it is itself popular, or near none. */
  nearestTo(name: string): string | null;
}

/** `rank`: 0 is the most used. `bare`: without what divides its words. */
interface PopularName {
  readonly name: string;
  readonly bare: string;
  readonly rank: number;
}

/**
 * How near counts, by the length of the shorter name (without what divides its words) and how popular the other one is: chosen by known
 * typosquats, so that of popular names that are in no list at most 3 % are told (docs/evaluation/existence.md). Edits are those of Damerau: one letter more, less, other, or two that change places.
 */
const rules = { oneEdit: { letters: 6, rank: 3_000 }, oneEditOfFew: { letters: 5, rank: 300 }, oneEditOfLong: { letters: 12 }, slip: { letters: 6 }, twoEdits: { letters: 8, rank: 100 }, twoEditsOfLong: { letters: 14, rank: 500 }, withoutAffix: { letters: 4, rank: 3_000 }, oneEditWithoutAffix: { letters: 5, rank: 1_500 } } as const;

/** @param names The most popular first. */
export function nearNames(names: readonly string[]): NearNames {
  const popular = names.map((name, rank): PopularName => ({ name, bare: bareName(name), rank })).filter(({ name, bare }) => !name.startsWith('@') && bare.length >= rules.withoutAffix.letters);
  const known = new Set(names);
  const same = new Map(popular.toReversed().flatMap((one) => formsOf(one.name).map((form) => [form, one] as const)));
  const compared = popular.filter(({ bare, rank }) => rank < rules.oneEdit.rank || bare.length >= rules.oneEditOfLong.letters);
  const byPiece = Map.groupBy(compared.flatMap((one) => piecesOf(one.bare, one.rank < rules.twoEdits.rank || (one.rank < rules.twoEditsOfLong.rank && one.bare.length >= rules.twoEditsOfLong.letters)).map((piece) => ({ piece, one }))), ({ piece }) => piece);
  const slips = Map.groupBy(popular.filter(({ bare }) => bare.length >= rules.slip.letters).flatMap((one) => slipKeys(one.bare).map((key) => ({ key, one }))), ({ key }) => key);
  return {
    nearestTo(name) {
      const bare = bareName(name);
      if (known.has(name) || name.startsWith('@') || bare.length < rules.withoutAffix.letters || bare.length > 60) return null;
      const found = [...formsOf(name).flatMap((form) => same.get(form) ?? []), ...affixless(bare).flatMap((core) => asAffixed(same.get(`bare ${core}`))), ...edited(bare, byPiece), ...slipKeys(bare).flatMap((key) => slips.get(key) ?? []).map(({ one }) => one).filter((one) => isSlip(bare, one.bare))];
      return found.toSorted((a, b) => a.rank - b.rank)[0]?.name ?? null;
    },
  };
}

type ByPiece = ReadonlyMap<string, readonly { readonly one: PopularName }[]>;

function asAffixed(one: PopularName | undefined): readonly PopularName[] {
  return one !== undefined && one.rank < rules.withoutAffix.rank ? [one] : [];
}

function edited(bare: string, byPiece: ByPiece): readonly PopularName[] {
  const near = (text: string, twice: boolean) => new Set(piecesOf(text, twice).flatMap((piece) => byPiece.get(piece)?.map(({ one }) => one) ?? []));
  const direct = [...near(bare, true)].filter((one) => isEdited(one, Math.min(bare.length, one.bare.length), edits(bare, one.bare)));
  const cores = affixless(bare).flatMap((core) => [...near(core, false)].filter((one) => one.rank < rules.oneEditWithoutAffix.rank && Math.min(core.length, one.bare.length) >= rules.oneEditWithoutAffix.letters && edits(core, one.bare) === 1));
  return [...direct, ...cores];
}

function isEdited({ rank }: PopularName, letters: number, count: number): boolean {
  const { oneEdit, oneEditOfFew, oneEditOfLong, twoEdits } = rules;
  if (count === 1) return (letters >= oneEdit.letters && rank < oneEdit.rank) || (letters >= oneEditOfFew.letters && rank < oneEditOfFew.rank) || letters >= oneEditOfLong.letters;
  return count === 2 && ((letters >= twoEdits.letters && rank < twoEdits.rank) || (letters >= rules.twoEditsOfLong.letters && rank < rules.twoEditsOfLong.rank));
}

/** Two letters that change places, or one that is typed twice or once instead: what fingers do, and who names a program does not. */
function isSlip(name: string, meant: string): boolean {
  if (name === meant || Math.abs(name.length - meant.length) > 1) return false;
  if (name.length !== meant.length) return lettersOnce(name) === lettersOnce(meant);
  const at = Array.from(name).findIndex((letter, index) => letter !== meant[index]);
  return name[at] === meant[at + 1] && name[at + 1] === meant[at] && name.slice(at + 2) === meant.slice(at + 2);
}

function lettersOnce(text: string): string {
  return text.replaceAll(/(.)\1+/g, '$1');
}

/** What a name has in common with one that is a slip of it. */
function slipKeys(bare: string): readonly string[] {
  return [`letters ${Array.from(bare).toSorted().join('')}`, `once ${lettersOnce(bare)}`];
}

/** Without what divides its words. */
function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Under which a name is the same to a reader: without dividers, with letters for digits that look like them, with its words in any order. */
function formsOf(name: string): readonly string[] {
  const bare = bareName(name);
  const words = name.toLowerCase().split(/[-_./]+/).filter((word) => word !== '');
  return [`bare ${bare}`, `seen ${bare.replaceAll(/[013457]/g, (digit) => alike[digit] ?? digit)}`, ...(words.length > 1 && bare.length > 4 ? [`words ${words.toSorted().join(' ')}`] : [])];
}

const alike: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't' };

/** Without what is often put behind a name or before it. */
function affixless(bare: string): readonly string[] {
  const cut = bare.replace(/(?<=.{4})(?:js|py|node|python|s|\d)$/, '');
  return [...new Set([cut, bare, cut].flatMap((text, index) => (index === 0 ? text : text.replace(/^(?:node|python|py)(?=.{4})/, ''))))].filter((text) => text !== bare);
}

/** A text, and what is left of it without one of its letters, or without two: texts that are so many edits apart share one of these. */
function piecesOf(text: string, twice: boolean): readonly string[] {
  const once = without(text);
  return [...new Set([text, ...once, ...(twice && text.length <= 30 ? once.flatMap(without) : [])])];
}

function without(text: string): readonly string[] {
  return Array.from(text, (_, index) => text.slice(0, index) + text.slice(index + 1));
}

/** Edits from one text to another, none of its parts edited twice (optimal string alignment); 3 stands for all that are more. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let [before, row]: [readonly number[], readonly number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : 3;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped));
    }
    [before, row] = [row, next];
  }
  return Math.min(3, row[b.length] ?? 3);
}
